r"""Screens: whether a text can hold something at all, told in one pass over it.

Most texts hold none of the things that are looked for. Rust's regular expressions, which pydantic brings along, can say
so for any number of things at once, in a tenth of the time that Python's take for one of them. But they only say yes or
no, and they have no look-around. So Python's expressions still find what there is to find, and a screen stands before
them: an expression for Rust that matches whenever one of theirs does, and hardly ever otherwise.

Rust's engine and Python's differ in four points that such an expression has to allow for:

- `\s` is not the separators U+001C to U+001F there, so it is written `[\s\x1c-\x1f]`;
- `\w` and `\b` are other letters and marks in some scripts, so neither is used;
- a search without regard to case does not find the two Turkish letters i: `in_any_case` adds them;
- it cannot read half a character (a lone surrogate): a screen lets every text with one through, as it does with all
  texts before it is ready.

Compiling the screens takes as long as looking through ten texts without them, so it is done when there are many texts.
"""

import re
from collections.abc import Callable

_Answer = Callable[[str], bool]
_many: list[bool] = []
"""Not empty once there are many texts to look at."""


def make_ready() -> None:
    """From now on answer, since there are many texts to look at."""
    _many[:] = [True]


class Screen:
    """Tells whether texts match an expression anywhere, or says *unsure*: what makes others look closer.

    The expression is given by *expression* if it takes long to write down.
    """

    def __init__(self, expression: str | Callable[[], str], *, unsure: bool = True) -> None:
        self._expression = expression
        self._unsure = unsure
        self._matches: _Answer | None = None

    def matches(self, text: str) -> bool:
        """Tell whether *text* may hold what is looked for."""
        if not _many:
            return self._unsure
        if self._matches is None:
            written = self._expression
            self._matches = _compiled(written if isinstance(written, str) else written())
        return self._matches(text) or (self._unsure and not text.isascii() and not _is_whole(text))


def in_any_case(words: str) -> str:
    """Return the expression *words* with all that Python's `IGNORECASE` takes for its letters and `(?i)` does not."""
    return re.sub("[i\u0131\u0130]", "[i\u0131\u0130]", words)


def _compiled(expression: str) -> _Answer:
    from pydantic_core import SchemaValidator, core_schema  # here, since a build that changes words alone needs none

    return SchemaValidator(core_schema.str_schema(pattern=expression)).isinstance_python


def _is_whole(text: str) -> bool:
    """Tell whether no character of *text* is half of one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
