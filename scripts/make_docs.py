"""Write what is generated from the program itself: `docs/reference.md`, `docs/theming.md` and the examples of codes.

`make docs` runs it; a test fails when a file is not what this would write.
"""

import re
from pathlib import Path

from docs_reference import reference
from docs_theming import theming

ROOT = Path(__file__).resolve().parent.parent
BAD = (ROOT / "tests" / "bad", ROOT / "tests" / "bad_sites", ROOT / "tests" / "bad_links")
_REPORT = re.compile(r"^\S.*?: (?:error|warning|advice)\[([a-z0-9-]+)\]", re.MULTILINE)


def examples() -> str:
    """Return the first report of each code, from the reports that tests compare with."""
    return "".join(f"-- {code} --\n{report}" for code, report in sorted(_first_reports().items()))


def _first_reports() -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in (folder for parent in BAD for folder in sorted(parent.iterdir()) if folder.is_dir()):
        text = (folder / "expected.txt").read_text(encoding="utf-8")
        starts = [match.start() for match in _REPORT.finditer(text)]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            if text.startswith(folder.name, text.index("[", start) + 1) and folder.name not in found:
                found[folder.name] = text[start:end].rstrip() + "\n"
    return found


GENERATED = {
    "src/alertgen/data/examples.txt": examples,
    "docs/reference.md": reference,
    "docs/theming.md": theming,
}
"""File, relative to the repository -> the function that returns its content."""


def main() -> None:
    """Write every generated file that is not up to date."""
    for name, content in GENERATED.items():
        file, text = ROOT / name, content()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {name}")


if __name__ == "__main__":
    main()
