"""Problems for programs: JSON, annotations of GitHub, and SARIF 2.1.0.

`where` is what stands before the paths of a report, when the program that reads it counts from another folder than
the site's: empty, or ending in `/`.
"""

import json
from collections.abc import Sequence
from urllib.parse import quote

from alertgen import __version__
from alertgen.codes import CODES
from alertgen.diagnostics import Diagnostic, Place, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_GITHUB_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def json_text(value: object) -> str:
    """Return *value* as JSON for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def as_json(problem: Diagnostic, where: str) -> dict[str, object]:
    """Return *problem* as a JSON object; what is not known of its place is null."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        **_json_place(problem.at, where),
        "length": problem.at.length if problem.at.column else None,
        "excerpt": problem.excerpt,
        "also": [_json_place(place, where) for place in problem.also],
    }


def _json_place(place: Place, where: str) -> dict[str, object]:
    return {"path": where + place.path, "line": place.line or None, "column": place.column or None}


def as_annotation(problem: Diagnostic, where: str = "") -> str:
    """Return *problem* as a workflow command, which GitHub shows beside the line of a pull request.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    at = problem.at
    values = {"file": where + at.path, "line": at.line, "col": at.column}
    if at.column:
        values |= {"endLine": at.line, "endColumn": at.column + at.length}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items() if value)
    text = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    return f"::{_GITHUB_COMMANDS[problem.severity]} {properties},title={problem.code}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(problems: Sequence[Diagnostic], where: str = "") -> dict[str, object]:
    """Return *problems* as a SARIF log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), columns in code points."""
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "alertgen",
        "version": __version__,
        "rules": [{"id": code, "shortDescription": {"text": CODES[code].meaning}} for code in codes],
    }
    results = [_result(problem, codes.index(problem.code), where) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(problem: Diagnostic, rule: int, where: str) -> dict[str, object]:
    text = f"{problem.message}. Hint: {problem.hint}" if problem.hint else problem.message
    result: dict[str, object] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _SARIF_LEVELS[problem.severity],
        "message": {"text": text},
        "locations": [_location(problem.at, where)],
    }
    if problem.also:
        result["relatedLocations"] = [_location(place, where) for place in problem.also]
    return result


def _location(place: Place, where: str) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": quote(where + place.path)}}
    if place.line:
        region = {"startLine": place.line}
        if place.column:
            region |= {"startColumn": place.column, "endColumn": place.column + place.length}
        location["region"] = region
    return {"physicalLocation": location}
