"""The header of a content file between two lines `---`, and the text below it."""

import re
from collections.abc import Mapping as Pairs

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, place_of
from alertgen.fingerprint import digest_text
from alertgen.load.disk import conflicts
from alertgen.load.keys.fences import ANY_FENCE, FENCE, FIRST_KEY, Fences, find_fences
from alertgen.load.yaml.nodes import Mapping
from alertgen.load.yaml.reading import YamlRead, read_yaml
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """A content file taken apart."""

    header: Mapping | None
    """None when there is no header that can be read."""
    body: str
    body_line: int
    """1-based line of the file at which `body` begins; 0 when the body cannot be told from the header."""
    problems: tuple[Diagnostic, ...]
    head: str = ""
    """Digest of everything above `body`, fences included."""


class FencedYAMLHandler(YAMLHandler):
    """python-frontmatter's handler with strict fences and a reader that guesses nothing and loses no line."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def split(self, text: str) -> tuple[str, str]:
        """Return the header and the body of *text*, nothing stripped.

        Raises:
            ValueError: *text* does not begin with a header between two fences.
        """
        lines = text.split("\n")
        fences = find_fences(lines)
        if fences is None:
            raise ValueError(self.path)
        return fences.header(lines), fences.body(lines)

    def load(self, fm: str, first_line: int = 2) -> YamlRead:  # type: ignore[override]  # nodes instead of a dict
        """Read the header *fm*, which begins in line *first_line*."""
        return read_yaml(fm, self.path, first_line)

    def export(self, metadata: Pairs[str, object], **kwargs: object) -> str:  # noqa: ARG002 - the package's signature
        """Return *metadata* as YAML in the order given, one line a value.

        The package's own would strip the last value of signs that count as space, such as U+00A0.
        """
        text: str = yaml.safe_dump(
            dict(metadata), default_flow_style=False, allow_unicode=True, sort_keys=False, width=10_000
        )
        return text.rstrip("\n")


def compose(metadata: Pairs[str, object], body: str) -> str:
    """Return the text of a content file with the header *metadata*; reading it gives back what was put in."""
    post = frontmatter.Post(body, None, **metadata)
    return str(frontmatter.dumps(post, handler=FencedYAMLHandler(""))) + "\n"


def read_front_matter(text: str, path: str) -> FrontMatter:
    """Take *text*, the content of the file *path*, apart. Its lines end in line feeds."""
    lines = text.split("\n")
    if not text.strip():
        message = "this file is empty"
        hint = "write the text, or delete the file"
        return _unreadable(problem("empty-file", message, Place(path), hint=hint))
    fences = find_fences(lines)
    above = fences.head(lines) if fences else lines[0]
    if (mark := conflicts.mark_in(above)) is not None:  # two headers, or two whole files
        return _unreadable(conflicts.conflict(text, place_of(text, mark, path, conflicts.LENGTH)))
    if fences is None:
        return _unreadable(_no_fences(lines, path))
    read = FencedYAMLHandler(path).load(fences.header(lines), first_line=fences.opening + 2)
    faults = (*_fence_faults(lines, fences, path), *read.problems)
    if read.node is not None and not isinstance(read.node, Mapping):
        faults = (*faults, _no_keys(read.node.place))
    node = Mapping((), Place(path, 1)) if read.node is None else read.node
    return FrontMatter(
        header=node if isinstance(node, Mapping) else None,
        body=fences.body(lines),
        body_line=fences.body_line,
        problems=faults,
        head=digest_text(above),
    )


def _unreadable(fault: Diagnostic) -> FrontMatter:
    return FrontMatter(header=None, body="", body_line=0, problems=(fault,))


def _fence_faults(lines: list[str], fences: Fences, path: str) -> list[Diagnostic]:
    faults = [] if fences.opening == 0 else [_no_opening(lines, path)]
    faults += [
        _wrong_fence(lines[number], Place(path, number + 1, 1, len(lines[number].rstrip())))
        for number in (fences.opening, fences.closing)
        if number >= 0 and lines[number].rstrip(" \t") != FENCE
    ]
    return faults


def _wrong_fence(line: str, place: Place) -> Diagnostic:
    typed = line.strip()
    if typed == FENCE:
        return problem("wrong-fence", 'spaces stand in front of "---"', place, hint="delete them")
    if re.search("[\u2012-\u2015]", typed):
        message = f'"{typed}" stands here instead of "---": a program has turned the hyphens into a dash'
        hint = "type three hyphens, and switch off automatic dashes in your editor"
        return problem("wrong-fence", message, place, hint=hint)
    message = f'"{typed}" is not "---", three hyphens at the start of the line'
    return problem("wrong-fence", message, place, hint="type three hyphens")


def _no_fences(lines: list[str], path: str) -> Diagnostic:
    if ANY_FENCE.match(lines[0]):
        last = max((number for number, line in enumerate(lines, 1) if FIRST_KEY.match(line)), default=1)
        message = 'the closing line "---" below the keys is missing'
        hint = f'put "---" on a line of its own after the last key, which seems to be in line {_last_key(lines, last)}'
        return problem("unclosed-front-matter", message, Place(path, 1, 1, len(lines[0].rstrip())), hint=hint)
    return _no_opening(lines, path)


def _last_key(lines: list[str], otherwise: int) -> int:
    """Guess the line of the last key: keys stand above the first empty line."""
    empty = next((number for number, line in enumerate(lines) if not line.strip()), otherwise)
    return min(empty, otherwise) if empty > 1 else otherwise


def _no_opening(lines: list[str], path: str) -> Diagnostic:
    first = next(number for number, line in enumerate(lines, 1) if line.strip())
    place = Place(path, 1, 1, max(1, len(lines[0].rstrip())))
    if first > 1 and ANY_FENCE.match(lines[first - 1]):
        message = 'the line "---" must be the first of the file'
        return problem("no-front-matter", message, Place(path, 1), hint="delete the empty lines above it")
    message = 'the file does not begin with a line "---" and keys such as "title: …"'
    hint = f"put these lines at the top:\n{FENCE}\ntitle: …\ndate: 2026-11-18\n{FENCE}"
    if FIRST_KEY.match(lines[0]):
        message = 'the opening line "---" above the keys is missing'
        hint = 'put "---" on a line of its own at the very top'
    return problem("no-front-matter", message, place, hint=hint)


def _no_keys(place: Place) -> Diagnostic:
    message = "what stands between the lines --- is a list; it must be lines of the form `key: value`"
    return problem("front-matter-not-keys", message, place, hint="write every key as in `title: Text`")
