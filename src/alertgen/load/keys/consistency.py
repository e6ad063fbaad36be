"""What the keys of one header have to agree on among themselves."""

import re
from collections.abc import Iterator

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic
from alertgen.issues import number_in
from alertgen.load.described import describes_a_picture
from alertgen.load.keys.fields import MONTHS
from alertgen.load.keys.header import AlertHeader, PageHeader
from alertgen.load.yaml.nodes import Mapping, groups, scalars

_NUMBERED = re.compile(r"(?:No\.?|№|#)\s?(\d+)\b", re.IGNORECASE)

_TICKS = ("true", "false", "yes", "no", "on", "off", "y", "n", "1", "0", "x")


def agreement(node: Mapping, header: AlertHeader | PageHeader | None, series: str) -> Iterator[Diagnostic]:
    """Find keys of *node* that need or contradict each other; *header* is None when one of them is wrong anyway.

    *series* is the name of that to which the alerts of the site belong, in the language of the file.
    """
    yield from _image_keys(node)
    if isinstance(header, AlertHeader):
        yield from _days(node, header)
        begun = number_in(header.title, series) if series else None
        yield from _title(node, header, header.title[begun[1] :] if begun else header.title)
        if begun and begun[0] != header.number:
            yield _other_number(node, header, begun[0])


def _image_keys(node: Mapping) -> Iterator[Diagnostic]:
    image = next(iter(scalars(node.get("image"))), None)
    if image:
        for key, code, what in (
            ("image_alt", "image-without-alt", "what it shows, for readers who do not see it"),
            ("image_credit", "image-without-credit", "who made it, as in `Photographer/Agency`"),
        ):
            if not scalars(node.get(key)) and key not in node.broken:
                message = f'the picture "{image.text}" has no `{key}`'
                yield problem(code, message, image.place, hint=f"add a line `{key}: …` that says {what}")
        yield from _empty_words(node)
        return
    lonely = [entry for entry in node.entries if entry.key.startswith("image_") and scalars(entry.value)]
    if lonely and "image" not in node.broken:
        message = f"`{lonely[0].key}` is about a picture, but there is no `image`"
        yield problem("missing-key", message, lonely[0].place, hint="add a line `image: …`, or delete this one")


def _empty_words(node: Mapping) -> Iterator[Diagnostic]:
    """Find words about a picture that do not say what it shows."""
    for alt in scalars(node.get("image_alt")):
        if not describes_a_picture(alt.text):
            message = f'"{alt.text}" does not say what the picture shows'
            yield problem("image-without-alt", message, alt.place, hint="describe it in a sentence")
    for shown in scalars(node.get("image_sensitive")):
        if shown.text.lower() in _TICKS:
            message = (
                f'`image_sensitive` takes words, which readers see above the picture, but "{shown.text}" stands there'
            )
            hint = "write what it shows, as in image_sensitive: injured people; or delete the line"
            yield problem("wrong-value", message, shown.place, hint=hint)


def _days(node: Mapping, header: AlertHeader) -> Iterator[Diagnostic]:
    if header.updated and header.updated < header.date:
        message = f"{header.updated} is before the date of the alert, {header.date}"
        at = next(iter(scalars(node.get("updated")))).place
        yield problem("wrong-order", message, at, hint="an alert is updated after it is published")
    for note in groups(node.get("corrections")):
        for day in scalars(note.get("date")):
            if day.text < header.date.isoformat():
                message = f"the correction of {day.text} is before the date of the alert, {header.date}"
                yield problem("wrong-order", message, day.place, hint="one of the two dates is wrong")


def _title(node: Mapping, header: AlertHeader, title: str) -> Iterator[Diagnostic]:
    """Find the date or the number of the issue in its *title*: readers see both beside it.

    Series and number at its beginning are left out on pages (`plan.views.title`), so *title* is without them.
    """
    numbers = {match[1] for match in _NUMBERED.finditer(title)}
    if f"{header.date.year}" not in title and f"{header.number}" not in numbers:
        return  # hardly any title needs to be looked at more closely
    day, month, year = header.date.day, MONTHS[header.date.month - 1], header.date.year
    date = rf"{header.date}|{day} {month},? {year}|{month} {day},? {year}"
    number = rf"(?:No\.?|№|#)\s?{header.number}\b" if header.number else r"(?!)"
    if found := re.search(rf"{date}|{number}", title, re.IGNORECASE):
        message = f'the title repeats "{found[0]}", which stands beside every title anyway'
        at = next(iter(scalars(node.get("title")))).place
        yield problem("title-says-twice", message, at, hint="leave it out of the title")


def _other_number(node: Mapping, header: AlertHeader, said: int) -> Diagnostic:
    """Report that the title has *said* a number of the issue that the key `number` does not say."""
    at = next(iter(scalars(node.get("title")))).place
    if header.number is None:
        message = f"the title says that this is issue {said} of the series, but there is no `number`"
        return problem("number-in-title", message, at, hint=f"add a line `number: {said}`; the title needs none")
    message = f"the number is {header.number}, but the title says {said}"
    hint = "write the right one under `number`, and leave it out of the title: it stands beside every title"
    number = next(iter(scalars(node.get("number")))).place
    return problem("number-mismatch", message, number, hint=hint, also=(at,))
