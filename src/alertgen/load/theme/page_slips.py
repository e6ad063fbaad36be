"""What every page needs, and templates of the site leave out: a page is made of several of them."""

import re
from collections.abc import Collection, Iterator, Mapping

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, place_of
from alertgen.patterns import late
from alertgen.records import dataclass

_NAMED = late(r"\{%[-+]?\s*(?:extends|include|from|import)\s+(?:[\"']([^\"']+)[\"'])?")
_EXTENDED = late(r"\{%[-+]?\s*extends\s+(?:[\"']([^\"']+)[\"'])?")
_WHOLE = late(r"<html\b", re.IGNORECASE)
_BLOCK = late(r"\{%[-+]?\s*block\b")
_BASE, _HEAD, _REDIRECT = "base.html", "parts/head.html", "redirect.html"


@dataclass(frozen=True, slots=True)
class _Need:
    """Something that every page needs."""

    sign: re.Pattern[str]
    """How it shows in a template."""
    usual: str
    """The template in which it stands by default."""
    loss: str
    """What is so without it."""
    remedy: str
    code: str = "incomplete-page"


_NEEDS = (
    _Need(
        late(r"\bhead\.policy\b"),
        _HEAD,
        "without the policy, browsers would run and fetch whatever gets into a page",
        'write <meta http-equiv="Content-Security-Policy" content="{{ head.policy }}"> into the <head>',
        code="page-without-policy",
    ),
    _Need(
        late(r"<meta\b[^<>]*\bcharset\b", re.IGNORECASE),
        _HEAD,
        "browsers are not told how their letters are stored, and may garble them",
        'write <meta charset="utf-8"> first into the <head>',
    ),
    _Need(
        late(r"<meta\b[^<>]*\bviewport\b", re.IGNORECASE),
        _HEAD,
        "phones would show them as wide as a desk, in tiny letters",
        'write <meta name="viewport" content="width=device-width, initial-scale=1"> into the <head>',
    ),
    _Need(
        late(r"<title\b", re.IGNORECASE),
        _HEAD,
        "they have no title for tabs, bookmarks and search engines",
        "write <title>{{ head.title }}</title> into the <head>",
    ),
    _Need(
        late(r"<html\b[^<>]*\slang\s*=", re.IGNORECASE),
        _BASE,
        "screen readers are not told their language",
        'write <html lang="{{ chrome.lang }}" dir="{{ chrome.dir }}">',
    ),
    _Need(
        late(r"<main\b|\brole\s*=\s*[\"']?main\b", re.IGNORECASE),
        _BASE,
        "screen readers do not find where their text begins",
        'put their text between <main id="main" tabindex="-1"> and </main>',
    ),
    _Need(
        late(r"<a\b[^<>]*\bhref\s*=\s*[\"']?#([\w-]+)(?=.*\bid\s*=\s*[\"']?\1\b)", re.IGNORECASE | re.DOTALL),
        _BASE,
        "who has no mouse would step through the whole menu on every page",
        'write <a class="skip" href="#main">{{ t("skip") }}</a> first into the <body>, and give <main> id="main"',
    ),
)


def incomplete(own: Collection[str], sources: Mapping[str, str], pages: Collection[str]) -> Iterator[Diagnostic]:
    """Find what pages lack because of the templates *own*.

    *sources* are the texts of all templates without remarks, by name; *pages* are the names of those that make pages.
    """
    told = set()
    for name in sorted(sources.keys() & pages):
        parts = _reached(name, sources)
        if not any(part in own for part in parts):
            continue
        extended = _reached(name, sources, _EXTENDED)
        text = "\n".join(sources[part] for part in parts)
        if not _WHOLE.search(text):
            if block := _BLOCK.search(sources[name]):
                message = "this template has blocks, but does not say into which other one they are to be put"
                hint = 'begin it with {% extends "base.html" %}'
                yield problem(
                    "incomplete-page",
                    message,
                    place_of(sources[name], block.start(), f"templates/{name}", 2),
                    hint=hint,
                )
            continue
        for need in _NEEDS if name != _REDIRECT else _NEEDS[:-1]:
            at = next(part for part in (need.usual, *reversed(extended), *parts) if part in parts and part in own)
            if not need.sign.search(text) and (need, at) not in told:
                told.add((need, at))
                message = f"pages made with this template lack something: {need.loss}"
                yield problem(need.code, message, Place(f"templates/{at}"), hint=need.remedy)


def _reached(name: str, sources: Mapping[str, str], named: re.Pattern[str] = _NAMED) -> list[str]:
    """Return the template *name* and all that are *named* in it, and in these, or nothing if nobody can tell."""
    reached, left = [name], [name]
    while left:
        for found in named.finditer(sources[left.pop()]):
            if not found[1]:
                return []
            if found[1] in sources and found[1] not in reached:
                reached.append(found[1])
                left.append(found[1])
    return reached
