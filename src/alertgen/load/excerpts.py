"""The source line of each problem, read again from its file: only for what is going to be shown.

Problems that are found between files know their key but not its line; that is looked up here, too.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from alertgen.diagnostics import AtKey, Diagnostic, Place, sorted_by_place
from alertgen.load.disk.files import read_bytes
from alertgen.load.people.passwords import without_passwords
from alertgen.load.people.withheld import Withheld
from alertgen.records import fields, replace


def with_excerpts(root: Path, problems: Iterable[Diagnostic], withheld: Withheld) -> tuple[Diagnostic, ...]:
    """Sort *problems* and give each the line of its file below *root* that it points at.

    No *withheld* name and no password is in what they show.
    """

    @cache
    def lines(path: str) -> list[str]:
        content = read_bytes(root, path)
        if isinstance(content, Diagnostic):
            return []
        text = content.decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def placed(problem: Diagnostic) -> Diagnostic:
        if not isinstance(problem, AtKey):
            return problem
        from alertgen.load.key_places import place_of_key  # brings PyYAML along

        def there(place: Place) -> Place:
            return place_of_key(problem.key, "\n".join(lines(place.path)), place)

        known = {field.name: getattr(problem, field.name) for field in fields(Diagnostic)}
        return Diagnostic(**known | {"at": there(problem.at), "also": tuple(map(there, problem.also))})

    def shown(problem: Diagnostic) -> Diagnostic:
        if problem.excerpt or not 0 < problem.at.line <= len(lines(problem.at.path)):
            return without_passwords(withheld.quiet(problem))
        shown_line = lines(problem.at.path)[problem.at.line - 1]
        return without_passwords(withheld.quiet(replace(problem, excerpt=shown_line)))

    return sorted_by_place(map(shown, map(placed, problems)))
