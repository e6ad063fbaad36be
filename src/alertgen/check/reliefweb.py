"""What ReliefWeb would refuse."""

from collections.abc import Iterator

from alertgen import SITE_FILE
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.model import Held, Site
from alertgen.outputs import Plan, ReliefWebPost
from alertgen.text import has_letter

SHORTEST_TITLE, LONGEST_TITLE = 10, 255
"""Characters, by ReliefWeb's schema of reports."""


def check(_site: Site, plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find titles that are too short or too long, texts without a letter, and countries without a number."""
    for post in plan.outputs:
        if isinstance(post, ReliefWebPost):
            yield from _title(post)
            yield from _letters(post)
            yield from _countries(post)


def _title(post: ReliefWebPost) -> Iterator[Diagnostic]:
    length = len(post.title)
    if not SHORTEST_TITLE <= length <= LONGEST_TITLE:
        message = (
            f"ReliefWeb takes titles of {SHORTEST_TITLE} to {LONGEST_TITLE} characters; with series and number this "
            f"one has {length}"
        )
        hint = f"make it {'longer' if length < SHORTEST_TITLE else 'shorter'}"
        yield at_key(problem("reliefweb-limits", message, post.place, hint=hint), "title")


def _letters(post: ReliefWebPost) -> Iterator[Diagnostic]:
    texts = [("title", "title", post.title)]
    if post.picture:
        texts += [("image_alt", "description of a picture", post.alt)]
        texts += [("image_credit", "credit of a picture", post.credit)]
    for key, name, text in texts:
        if not has_letter(text):
            message = f"ReliefWeb takes no {name} without a letter in it"
            yield at_key(problem("reliefweb-limits", message, post.place, hint="say it in words"), key)


def _countries(post: ReliefWebPost) -> Iterator[Diagnostic]:
    for code, number in post.countries:
        if not number:
            hint = f"look it up at https://api.reliefweb.int/v2/countries and add `{code}: …` to its countries"
            message = f"ReliefWeb's number for {code} is not in site.yaml"
            yield at_key(problem("reliefweb-country", message, Place(SITE_FILE), hint=hint), "reliefweb", "countries")
