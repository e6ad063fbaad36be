"""Builds after edits give the very bytes of a clean build, and a build with nothing to do does nothing."""

import datetime
import os
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image

from alertgen.build import build
from alertgen.load.keys.schema import AlertKeys
from alertgen.load.keys.site_keys import SiteKeys
from conftest import NOON, SITE_YAML, SiteFolder
from editing import built, clean, nothing_to_do, rest

SETTINGS = f"{SITE_YAML}search: false\nlevels: r2p-monitor\n"
COUNTRIES = ("SD", "SS", "ET", "UA", "MM")
ALERT = """\
---
title: {title}
date: {date}
country: [{country}]
risk_tags: [war-crimes]
---

{word}. See [the other](../alerts/a1.md) and a note.[^1]

## North {{: country={country} level=current-crisis }}

More of {word}.

[^1]: A note on {word}.
"""


def write_alert(site: SiteFolder, rng: random.Random, number: int) -> None:
    day = datetime.date(2026, 1, 7) + datetime.timedelta(days=7 * number)
    country = rng.choice(COUNTRIES)
    text = ALERT.format(title=f"Week {number}", date=day, country=country, word=f"Word{rng.randrange(10**6)}")
    site.write(f"alerts/a{number}.md", text)


def new(site: SiteFolder, rng: random.Random) -> None:
    write_alert(site, rng, len(list(site.path("alerts").glob("*.md"))))


def body(site: SiteFolder, rng: random.Random) -> None:
    site.edit(str(some(site, rng)), "More of", f"More {rng.randrange(10**6)} of")


def title(site: SiteFolder, rng: random.Random) -> None:
    file = some(site, rng)
    site.edit(str(file), "title: Week", f"title: {rng.choice(('Later', 'Other'))} Week")


def draft(site: SiteFolder, rng: random.Random) -> None:
    site.write(
        "alerts/z-draft.md", "---\ntitle: Not yet\ndate: 2026-11-01\ncountry: Sudna\ndraft: true\n---\n\nText.\n"
    )


def settings(site: SiteFolder, rng: random.Random) -> None:
    settings = SETTINGS.replace("search: false", rng.choice(("search: false", "search: true")))
    site.write("site.yaml", f"{settings}page_size: {rng.randint(1, 4)}\nfeed_items: {rng.randint(1, 4)}\n")


def theme(site: SiteFolder, rng: random.Random) -> None:
    site.write("static/extra.css", f"p {{ color: #{rng.randrange(10**6):06} }}\n")
    site.write("static/extra.js", 'import "./more.js";\n')
    site.write("static/more.js", f'import "./extra.js"; export const number = {rng.randrange(10**6)};\n')


def nothing(site: SiteFolder, rng: random.Random) -> None:
    """Touch a file without changing it."""
    os.utime(site.path(str(some(site, rng))))


EDITS: tuple[Callable[[SiteFolder, random.Random], None], ...] = (
    new,
    body,
    body,
    title,
    draft,
    settings,
    theme,
    nothing,
)


def some(site: SiteFolder, rng: random.Random) -> Path:
    return rng.choice(sorted(site.path("alerts").glob("a*.md"))).relative_to(site.root)


def begun(site: SiteFolder, rng: random.Random, settings: str = SETTINGS) -> SiteFolder:
    site.write("site.yaml", settings)
    for number in range(4):
        write_alert(site, rng, number)
    return site


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_a_build_gives_what_a_clean_build_gives(site: Callable[..., SiteFolder], seed: int) -> None:
    rng = random.Random(seed)
    here = begun(site(), rng, SETTINGS.replace("search: false", "search: true"))
    built(here.root)
    for _ in range(3):
        for edit in rng.sample(EDITS, 2):
            edit(here, rng)
        rest(here)
        after = built(here.root)
        assert after == clean(here.root)
        assert built(here.root) == after
        assert nothing_to_do(here.root, here.path("public"), now=NOON, strict=False) is not None


def test_order_of_the_folder_and_number_of_processes_change_nothing(
    site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = begun(site(), random.Random(0))
    first = built(here.root)
    walk = os.walk

    def shuffled(top: Path) -> object:
        for folder, folders, files in walk(top):
            folders.reverse()
            yield folder, folders, files[::-1]

    monkeypatch.setattr("alertgen.load.disk.files.os.walk", shuffled)
    monkeypatch.setattr("alertgen.processes.workers.os.sched_getaffinity", lambda _pid: {0}, raising=False)
    shutil.rmtree(here.path(".alertgen"))
    shutil.rmtree(here.path("public"))
    assert built(here.root) == first


# --- when nothing is to be done -----------------------------------------------------------------------------------


def asked(site: SiteFolder, now: datetime.datetime = NOON, *, strict: bool = False) -> bool:
    return nothing_to_do(site.root, site.path("public"), now=now, strict=strict) is not None


def at_rest(site: Callable[..., SiteFolder]) -> SiteFolder:
    here = begun(site(), random.Random(1))
    rest(here)
    built(here.root)
    return here


def test_a_build_with_nothing_to_do_repeats_what_the_last_one_found(site: Callable[..., SiteFolder]) -> None:
    here = begun(site(), random.Random(1))
    draft(here, random.Random(1))
    here.write("alerts/later.md", ALERT.format(title="Later", date="2026-12-24", country="SD", word="Later"))
    rest(here)
    report = build(here.root, here.path("public"), now=NOON)
    known = nothing_to_do(here.root, here.path("public"), now=NOON, strict=False)
    assert known is not None
    assert (known.problems, known.held, known.files, known.pages) == (
        report.problems, report.held, report.files, report.pages,
    )  # fmt: skip
    assert report.problems
    assert len(report.held) == 2
    assert asked(here, NOON + datetime.timedelta(days=30))
    assert not asked(here, NOON + datetime.timedelta(days=40)), "the later alert is due"
    assert not asked(here, NOON - datetime.timedelta(days=1)), "an earlier moment is another question"
    assert not asked(here, strict=True)


def changes() -> dict[str, Callable[[SiteFolder], object]]:
    rng = random.Random(2)
    return {
        "an edit of the same size": lambda site: site.edit("alerts/a1.md", "Week", "Weak"),
        "an edit that hides its time": lambda site: hidden(site, "alerts/a1.md"),
        "a new file": lambda site: new(site, rng),
        "a file less": lambda site: site.delete("alerts/a2.md"),
        "another name": lambda site: site.move("alerts/a2.md", "alerts/b2.md"),
        "a new page": lambda site: site.write("pages/about.md", "---\ntitle: About\n---\n\nText.\n"),
        "settings": lambda site: settings(site, rng),
        "the theme": lambda site: theme(site, rng),
        "the ledger": lambda site: site.edit("published.json", '"version": 1', '"version": 1 '),
        "no ledger": lambda site: site.delete("published.json"),
        "no output": lambda site: site.delete("public"),
        "an output file less": lambda site: site.delete("public/feed.xml"),
        "a file more in the output": lambda site: site.write("public/alerts/x.txt", "x"),
        "no list of files": lambda site: site.delete("public/.alertgen-manifest.json"),
        "a damaged note": lambda site: site.write(".alertgen/standstill.json", "{"),
        "another note": lambda site: site.write(".alertgen/standstill.json", "[]"),
        "no memory": lambda site: site.delete(".alertgen"),
    }


def hidden(site: SiteFolder, path: str) -> None:
    status = site.path(path).stat()
    site.edit(path, "Week", "Weak")
    os.utime(site.path(path), ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("change", changes())
def test_any_change_is_seen(site: Callable[..., SiteFolder], change: str) -> None:
    here = at_rest(site)
    assert asked(here)
    changes()[change](here)
    assert not asked(here)


def test_what_is_written_right_before_a_build_is_not_taken_as_known(site: Callable[..., SiteFolder]) -> None:
    here = at_rest(site)
    here.edit("alerts/a1.md", "More", "Most")
    built(here.root)
    here.edit("alerts/a1.md", "Most", "More")
    assert not asked(here)


DURING: dict[str, Callable[[SiteFolder], object]] = {
    "an edit": lambda site: site.edit("alerts/a1.md", "More", "Most"),
    "a new alert": lambda site: write_alert(site, random.Random(3), 9),
    "an alert less": lambda site: site.delete("alerts/a2.md"),
    "the theme": lambda site: site.write("templates/x.html", ""),
}


def interrupted_by(site: SiteFolder, change: Callable[[SiteFolder], object]) -> None:
    """Build, and *change* the site after it was read."""
    at = {"planning": lambda: change(site)}
    build(site.root, site.path("public"), now=NOON, progress=lambda stage, _done, _all: at.pop(stage, int)())
    assert not at


@pytest.mark.parametrize("change", DURING)
def test_what_changes_during_a_build_is_seen_by_the_next(site: Callable[..., SiteFolder], change: str) -> None:
    here = at_rest(site)
    body(here, random.Random(4))
    rest(here)
    interrupted_by(here, DURING[change])
    assert not asked(here)


def test_bytecode_that_appears_during_a_build_is_no_change(site: Callable[..., SiteFolder]) -> None:
    here = begun(site(), random.Random(1))
    here.write("static/own.css", "")
    rest(here)
    interrupted_by(here, lambda site: site.write("static/__pycache__/own.pyc", ""))
    assert asked(here)


def test_a_package_installed_anew_is_a_change(site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch) -> None:
    here = begun(site(), random.Random(1))
    installed = here.path("lib/site-packages")
    (installed / "theme-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(installed)
    rest(here)
    built(here.root)
    (installed / "__pycache__").mkdir()
    assert asked(here)
    (installed / "theme-1.0.dist-info").rename(installed / "theme-1.1.dist-info")
    assert not asked(here)


def test_a_picture_elsewhere_in_the_site_is_watched(site: Callable[..., SiteFolder]) -> None:
    here = begun(site(), random.Random(1))
    here.path("photos").mkdir()
    Image.new("RGB", (800, 600), "grey").save(here.path("photos/a.png"))
    here.edit("alerts/a1.md", "title:", "image: ../photos/a.png\nimage_alt: Grey\nimage_credit: Nobody\ntitle:")
    rest(here)
    built(here.root)
    assert asked(here)
    Image.new("RGB", (800, 600), "white").save(here.path("photos/a.png"))
    assert not asked(here)


def test_a_build_that_fails_leaves_no_note(site: Callable[..., SiteFolder]) -> None:
    here = at_rest(site)
    here.edit("alerts/a1.md", "country: [", "country: [XX, ")
    assert not build(here.root, here.path("public"), now=NOON).ok
    assert not asked(here)


def test_a_link_copied_from_a_browser_is_a_link_inside(site: Callable[..., SiteFolder]) -> None:
    here = site("-- alerts/b.md --\n---\ntitle: B\ndate: 2026-11-10\n---\nText.\n")
    typed = "See [this](https://example.org/alerts/2026/b/) and [that](http://localhost:8000/alerts/2026/b/)."
    here.write("alerts/a.md", f"---\ntitle: A\ndate: 2026-11-11\n---\n{typed}\n")
    files = built(here.root)
    assert b'<a href="../b/">this</a> and <a href="../b/">that</a>' in files["alerts/2026/a/index.html"]
    assert files["feed.xml"].count(b'href="https://example.org/alerts/2026/b/"') == 2
    here.edit("site.yaml", "https://example.org/", "https://elsewhere.example/")
    files = built(here.root)
    away = b'<a href="https://example.org/alerts/2026/b/" rel="noopener noreferrer">this</a>'
    assert away in files["alerts/2026/a/index.html"]
    assert files == clean(here.root)


KEYS: dict[str, tuple[str, str]] = {
    "title": ("Camp", "The camp"),
    "summary": ("Of a camp.", "Of the camp."),
    "date": ("2026-11-11", "2026-11-12"),
    "updated": ("2026-11-14", "2026-11-15"),
    "number": ("7", "8"),
    "authors": ("A. Writer", "B. Writer"),
    "country": ("[SD, TD]", "[SD, SS, TD]"),
    "risk_tags": ("war-crimes", "[war-crimes, genocide]"),
    "level": ("current-crisis", "imminent-risk"),
    "trend": ("improved", "deteriorated"),
    "image": ("a.png", "b.png"),
    "image_alt": ("Grey", "A grey field"),
    "image_caption": ("By Jane Witness", "By nobody"),
    "image_credit": ("A. Photographer", "B. Photographer"),
    "image_sensitive": ("", "what is left of people"),
    "republished": ("{publisher: P, url: https://p.example/, date: 2026-11-11}", ""),
    "sources": ("[{title: One}]", "[{title: Two}]"),
    "corrections": ("[{date: 2026-11-13, text: One.}]", "[{date: 2026-11-13, text: Two.}]"),
    "aliases": ("/old/", "[/old/, /older/]"),
}
"""Of each key, two values; where nothing stands, the key is left out."""
NOT_ALONE = {"lang", "draft", "embargo", "slug", "id"}
"""Keys whose change is refused, or makes another alert of it."""


OF_PICTURES = [key for key in KEYS if key.startswith("image_")]


@pytest.mark.parametrize("keys", [OF_PICTURES, pytest.param([*KEYS], marks=pytest.mark.exhaustive)], ids=["few", "all"])
def test_a_change_of_one_key_alone_is_published(site: Callable[..., SiteFolder], keys: list[str]) -> None:
    """What was said of a picture was not: the picture stood for it in what pages are compared by."""
    assert KEYS.keys() | NOT_ALONE == AlertKeys.model_fields.keys()
    here = begun(site(), random.Random(1))
    for name, colour in (("a", "grey"), ("b", "white")):
        Image.new("RGB", (40, 30), colour).save(here.path(f"alerts/{name}.png"))
    values = {key: value for key, (value, _) in KEYS.items()}
    write_keys(here, values)
    before = built(here.root)
    for key in keys:
        values[key] = KEYS[key][1]
        write_keys(here, values)
        now, fresh = built(here.root), clean(here.root)
        assert now != before, key
        assert [path for path in fresh if fresh[path] != now.get(path)] == [], key
        before = now


def write_keys(site: SiteFolder, values: Mapping[str, str]) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in values.items() if value)
    site.write("alerts/camp.md", f"---\n{lines}---\n\nText.\n")


OF_SITE: dict[str, tuple[str, ...]] = {
    "title": ("The Bulletin", "{en: The Bulletin, fr: Le bulletin}", "{en: A Bulletin, fr: Le bulletin}"),
    "base_url": ("https://example.org/", "https://example.org/news/"),
    "publisher": ("", "P", "Q"),
    "publisher_url": ("", "https://p.example/"),
    "description": ("", "One.", "Two."),
    "notice": ("", "Look.", "Look out."),
    "series": ("", "Series", "Other series"),
    "languages": ("[en, fr]", "[en, fr, ar]"),
    "timezone": ("UTC", "Africa/Nairobi"),
    "levels": (
        "[{slug: crisis, name: Crisis}, {slug: risk, name: Risk}]",
        "[{slug: crisis, name: A crisis}, {slug: risk, name: Risk}]",
        "[{slug: crisis, name: A crisis, meaning: M}, {slug: risk, name: Risk}]",
        "[{slug: risk, name: Risk}, {slug: crisis, name: A crisis, meaning: M}]",
        "[{slug: risk, name: Risk, until: 2026-12}, {slug: crisis, name: A crisis, meaning: M}]",
    ),
    "risk_tags": (
        "[{slug: own, name: Own}]",
        "[{slug: own, name: Our own}]",
        "[{slug: own, name: {en: Our own, fr: Le nôtre}}]",
        "[{slug: own, name: {en: Our own, fr: Le nôtre}, definition: D}]",
        "[{slug: own, name: {en: Our own, fr: Le nôtre}, definition: D, source: {title: T}}]",
    ),
    "country_names": ("", "{TD: The Chad}", "{TD: {fr: Le pays}}"),
    "follow": ("", "[{name: A, url: 'https://a.example/'}]", "[{name: B, url: 'https://a.example/'}]"),
    "rights": ("", "All.", "None."),
    "licence": ("", "{name: L, url: 'https://l.example/'}", "{name: {fr: M}, url: 'https://l.example/'}"),
    "email": ("", "a@example.org", "b@example.org"),
    "image_rights": ("", "true"),
    "redirects": ("", "nginx", "[nginx, apache]"),
    "hub": ("", "https://hub.example/"),
    "reliefweb": (
        "",
        "{sources: [1], format: 8, countries: {SD: 220, TD: 54}}",
        "{sources: [1], format: 9, countries: {SD: 220, TD: 54}}",
    ),
    "feed_items": ("", "1"),
    "page_size": ("", "1"),
    "social_cards": ("", "1", "0"),
    "search": ("false", "true"),
    "current_weeks": ("", "1"),
}
"""Of each key of site.yaml, values in turn; the first stands when other keys are tried."""
NOTHING_TO_SEE = {"language", "cleared"}
"""The first is another word for languages, and the second takes warnings away."""
FEW_OF_SITE = ["levels", "social_cards"]


@pytest.mark.parametrize(
    "keys", [FEW_OF_SITE, pytest.param([*OF_SITE], marks=pytest.mark.exhaustive)], ids=["few", "all"]
)
def test_a_change_of_one_key_of_the_site_alone_is_published(site: Callable[..., SiteFolder], keys: list[str]) -> None:
    assert OF_SITE.keys() | NOTHING_TO_SEE == SiteKeys.model_fields.keys()
    here = begun(site(), random.Random(1))
    shutil.rmtree(here.path("alerts"))
    here.path("alerts").mkdir()
    Image.new("RGB", (40, 30), "grey").save(here.path("alerts/a.png"))
    for number, lang in ((1, ""), (2, ""), (2, ".fr"), (3, "")):
        here.write(f"alerts/a{number}{lang}.md", OF_ALL.format(day=f"2026-{8 + number:02}-04", number=number))
    values = {key: first for key, (first, *_) in OF_SITE.items()}
    write_site(here, values)
    before = built(here.root)
    for key in keys:
        for value in (*OF_SITE[key][1:], OF_SITE[key][0]):
            write_site(here, values | {key: value})
            now, fresh = built(here.root), clean(here.root)
            assert now != before, (key, value)
            assert now == fresh, (key, value)
            before = now


OF_ALL = """\
---
title: Week {number}
date: {day}
image: a.png
image_alt: Grey
image_credit: A. Photographer
---

## Sudan {{: country=SD level=crisis risk_tags="own" }}

Text {number}.

## Chad {{: country=TD level=risk }}

Text {number}.
"""


def write_site(site: SiteFolder, values: Mapping[str, str]) -> None:
    site.write("site.yaml", "".join(f"{key}: {value}\n" for key, value in values.items() if value))
