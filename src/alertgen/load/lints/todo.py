"""Places that are still to be written, marked `TODO:` as `alertgen new` marks them."""

import re
from collections.abc import Iterable, Iterator

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Severity, sorted_by_place
from alertgen.load.markdown.source import Source
from alertgen.load.yaml.nodes import Mapping, every_value
from alertgen.records import replace
from alertgen.text import counted

CODE = "todo-left"
MARK = "TODO:"
_RIGHT = ("marked-unpublished", "other-language")
"""What may be so as long as a text is a draft: it says DRAFT, and is the copy of a text that it will translate."""
_MARK = re.compile(rf"\b{MARK}")
_MESSAGE = "something is still to be written here"
_HINT = f"write it, and take the word {MARK} out"


def todo_left(source: Source) -> Iterator[Diagnostic]:
    """Report each place of the text that is marked as still to be written. A row of `table.LINTS`."""
    for match in _MARK.finditer(source.prose):
        line_end = source.prose.find("\n", match.start())
        length = (line_end if line_end >= 0 else len(source.prose)) - match.start()
        yield source.problem(CODE, _MESSAGE, source.place(match.start(), length), hint=_HINT)


def todo_left_in_keys(node: Mapping) -> Iterator[Diagnostic]:
    """Report each value of the front matter that is still to be written."""
    for scalar in every_value(node):
        if MARK in scalar.text and _MARK.search(scalar.text):
            yield problem(CODE, _MESSAGE, scalar.place, hint=_HINT)


def in_a_draft(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *problems* as they are told of a draft: all that is still to be written is one piece of advice there."""
    found = tuple(one for one in problems if one.code not in _RIGHT)
    open_ = sorted_by_place(one for one in found if one.code == CODE)
    if not open_:
        return found
    first, *others = open_
    number = f"{counted(len(others), 'more place')}" if others else ""
    message = f"this draft is still to be written here{f' and in {number}' if number else ''}"
    one = replace(first, message=message, severity=Severity.ADVICE, also=tuple(other.at for other in others))
    return (*(other for other in found if other.code != CODE), one)
