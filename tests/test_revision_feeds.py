"""Feeds after an edit of words: items are replaced in them, and every byte is that of a whole build."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape

import pytest

from alertgen.build import build
from alertgen.outputs import FeedFile
from alertgen.plan.planners import plan_outputs
from alertgen.render.feed_passages import FORMS, UNUSUAL, changes, with_changes
from alertgen.render.feeds import render_feed
from alertgen.store import Store
from alertgen.traces import read as traces
from alertgen.traces.read_feeds import key_of_items, read_channels, read_items, write_channel, write_items
from alertgen.urls import FEED_FILES
from conftest import NOON, SiteFolder
from copies import tree
from editing import ALERT, LONG, begun, clean, revised, stopped_before_it_is_published, whole
from factories import MALI, alert, prose, situation
from factories import site as site_of

LEAD_ALONE = """\
---
title: Week {number}
date: 2026-01-{day:02}
country: [SD]
{summary}---

First sentence of week {number}. More of word{number}.[^1]

[^1]: A note on word{number}.
"""


@pytest.fixture
def here(site: Callable[..., SiteFolder]) -> Iterator[SiteFolder]:
    """Give a site that is as a whole build makes it in the end."""
    folder = begun(site(), "search: false\n")
    yield folder
    assert tree(folder.path("public")) == clean(folder.root)


def reworded(folder: SiteFolder, path: str, old: str, new: str) -> set[str]:
    """Edit words, build without the plan, and return the folders whose feeds are other ones now."""
    folder.edit(path, old, new)
    report = revised(folder)
    assert report and report.published
    feeds = [address.rpartition("/") for address in report.published.changed]
    return {place for place, _, name in feeds if name in FEED_FILES.values()}


def left_to_a_whole_build(folder: SiteFolder) -> None:
    before = tree(folder.path("public"))
    assert revised(folder) is None
    assert tree(folder.path("public")) == before
    whole(folder)


ALL, TAG, LEVEL = "", "/risks/war-crimes", "/levels/current-crisis"
SUDAN, SOUTH = "/countries/sudan", "/countries/south-sudan"
SITUATION = {ALL, TAG, LEVEL, SUDAN}
"""Where the first situation of `ALERT` stands."""


def test_an_edit_changes_the_feeds_that_show_it_and_no_others(here: SiteFolder) -> None:
    newest = "alerts/a4.md"
    assert reworded(here, newest, "More of", 'Much *more* & < > \U0001f54a "of') == SITUATION
    assert reworded(here, newest, "Less of", "Nothing of") == {ALL, TAG, SOUTH}
    assert reworded(here, newest, "in the lead", "in the first lines") == {ALL}
    assert reworded(here, newest, "Another note", "Note \u0645\u0644\u0627\u062d\u0638\u0629") == SITUATION
    assert (
        reworded(here, newest, "Much *more*", "See `</content:encoded>` and [it](https://a.example/?a&b)") == SITUATION
    )
    here.path(".alertgen/standstill.json").unlink()
    report = whole(here)
    assert report.published
    assert not report.published.changed


def test_an_edit_of_the_first_sentences_on_a_site_with_search(site: Callable[..., SiteFolder]) -> None:
    folder = begun(site(), "")
    assert reworded(folder, "alerts/a4.md", "This sentence", "That sentence") == SITUATION
    assert tree(folder.path("public")) == clean(folder.root)


@pytest.mark.parametrize("summary", ["summary: What happened.\n", ""])
def test_an_alert_without_situations(here: SiteFolder, summary: str) -> None:
    here.write("alerts/a5.md", LEAD_ALONE.format(number=5, day=12, summary=summary))
    whole(here)
    if summary:
        assert reworded(here, "alerts/a5.md", "First sentence", "Beginning") == {ALL, SUDAN}
    assert reworded(here, "alerts/a5.md", "A note on", "A word on") == {ALL, SUDAN}
    if not summary:
        here.edit("alerts/a5.md", "of week 5", "of the week")
        left_to_a_whole_build(here)


def test_the_first_sentences_of_a_situation_are_its_summary(here: SiteFolder) -> None:
    assert reworded(here, "alerts/a4.md", "This sentence", "That & sentence") == SITUATION
    assert "That &#x26; sentence stands" in here.path("public/countries/sudan/atom.xml").read_text("utf-8")
    assert reworded(here, "alerts/a4.md", "That & sentence", "Nothing") == SITUATION
    assert reworded(here, "alerts/a4.md", "Nothing stands", "It stands") == SITUATION
    assert reworded(here, "alerts/a4.md", "Less of", "Not") == {ALL, TAG, SOUTH}


def test_the_first_sentence_of_an_alert_that_states_no_summary_is_left_to_a_whole_build(here: SiteFolder) -> None:
    here.edit("alerts/a4.md", "summary: What happened in week 4.\n", "")
    whole(here)
    assert reworded(here, "alerts/a4.md", "This sentence", "That sentence") == SITUATION
    here.edit("alerts/a4.md", "Word4 in the lead", "Words in the lead")
    left_to_a_whole_build(here)


@pytest.mark.parametrize(("old", "new"), [("Brief.", "Longer."), ("Longer.", "Brief.")])
def test_a_stated_summary_shows_once_it_is_not_the_beginning_any_more(here: SiteFolder, old: str, new: str) -> None:
    text = LEAD_ALONE.format(number=5, day=12, summary="summary: Brief.\n")
    here.write(
        "alerts/a5.md", text.replace("First sentence of week 5. More of word5.[^1]\n\n[^1]: A note on word5.", old)
    )
    whole(here)
    assert reworded(here, "alerts/a5.md", f"\n\n{old}", f"\n\n{new}") == {ALL, SUDAN}


def test_several_alerts_in_one_feed(here: SiteFolder) -> None:
    for number in (4, 0, 2):
        here.edit(f"alerts/a{number}.md", "More of", "Much more of")
    assert reworded(here, "alerts/a3.md", "This sentence", "That sentence") == SITUATION


def test_texts_that_become_the_same(here: SiteFolder) -> None:
    here.edit("alerts/a2.md", "Less of word2 in the south.", "Nothing.")
    assert reworded(here, "alerts/a3.md", "Less of word3 in the south.", "Nothing.") == {ALL, TAG, SOUTH}
    assert reworded(here, "alerts/a3.md", "Nothing.", "Something.") == {ALL, TAG, SOUTH}
    here.edit("alerts/a3.md", "Something.", "Nothing.")
    whole(here)
    assert reworded(here, "alerts/a3.md", "Nothing.", "Something.") == {ALL, TAG, SOUTH}


def test_languages_and_corrections(here: SiteFolder) -> None:
    here.edit("site.yaml", "levels:", "languages: [en, ar]\nlevels:")
    note = "corrections: [{date: 2026-01-12, text: One number was wrong.}]\n"
    here.edit("alerts/a4.md", "summary:", f"{note}summary:")
    text = ALERT.format(number="A", day=11, long=LONG.replace("sentence", "line"))
    note = note.strip().replace("One number was wrong.", "\u0631\u0642\u0645")
    here.write("alerts/a4.ar.md", text.replace("date: 2026-01-11", f"date: 2026-01-11\n{note}"))
    whole(here)
    arabic = {f"/ar{place}" for place in SITUATION}
    assert reworded(here, "alerts/a4.ar.md", "This line", "\u0633\u0637\u0631") == arabic
    assert reworded(here, "alerts/a4.md", "This sentence", "That sentence") == SITUATION


@pytest.mark.parametrize("old", ["More of word4", "Word0"])
def test_a_feed_that_somebody_changed_is_made_as_a_whole(here: SiteFolder, old: str) -> None:
    feed = here.path("public/atom.xml")
    content = feed.read_bytes()
    assert old.encode() in content
    feed.write_bytes(content.replace(old.encode(), old.upper().encode()))
    here.edit("alerts/a4.md", "Less of", "Nothing of")
    left_to_a_whole_build(here)


@pytest.mark.parametrize("damage", ["items", "items of another", "feed", "one item less"])
def test_what_is_not_known_of_feeds_is_left_to_a_whole_build(here: SiteFolder, damage: str) -> None:
    with Store(here.path(".alertgen/memory.db")) as memory:
        key = key_of_items("alerts/a4.md")
        if damage == "feed":
            index = traces.read_index(memory)
            assert index
            for channel in read_channels(index.feeds_of("alerts/a4.md"), memory) or ():
                write_channel(replace(channel, items=channel.items[1:]), memory)
        elif damage == "one item less":
            texts = [prose(str(place)) for place in range(3)]
            items = read_items("alerts/a4.md", memory, lambda _, place: texts[place])
            assert items
            write_items("alerts/a4.md", items[1:], texts, memory)
        else:
            other = memory.get(key_of_items("alerts/a3.md"))
            memory.put(key, b"" if damage == "items" or other is None else other)
    here.edit("alerts/a4.md", "More of", "Much more of")
    left_to_a_whole_build(here)


def test_items_of_a_site_that_never_came_to_be_are_not_taken_for_published(
    here: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One item of an alert is remembered with a heading that nobody has seen, the other one as it is published."""

    here.edit("alerts/a4.md", "country=SS", "country=SD")
    whole(here)
    here.edit("alerts/a4.md", "## South", "## Further south")
    stopped_before_it_is_published(here, monkeypatch)
    here.edit("alerts/a4.md", "## Further south", "## South")
    whole(here)
    here.edit("alerts/a4.md", "More of", "Much more of")
    here.edit("alerts/a4.md", "Less of", "Nothing of")
    left_to_a_whole_build(here)


# --- how items are spelled ----------------------------------------------------------------------------------------


def feeds() -> tuple[FeedFile, ...]:
    """Return a feed of two items in all formats."""
    first, second = alert("2021-01-27", situation("A", MALI, body="One.")), alert("2021-02-03", situation("B", MALI))
    files = [output for output in plan_outputs(site_of(first, second)).outputs if isinstance(output, FeedFile)]
    return tuple(file for file in files if file.address.startswith("/countries/mali/"))


def with_words(file: FeedFile, words: str) -> FeedFile:
    """Return *file* with other words in its last item."""
    *others, item = file.feed.items
    parts = tuple(replace(part, prose=prose(words, f"<p>{escape(words)}</p>")) for part in item.parts)
    return replace(file, feed=replace(file.feed, items=(*others, replace(item, parts=parts, summary=words))))


def usual(start: int, end: int) -> str:
    """Return all characters from *start* to *end* that feeds and texts may hold."""
    found = "".join(chr(code) for code in range(start, end) if not 0xD800 <= code < 0xE000)
    return UNUSUAL.sub("", found)


@pytest.mark.parametrize("file", feeds(), ids=lambda file: file.format)
def test_every_character_is_spelled_as_in_a_whole_feed(file: FeedFile) -> None:
    for words in ("Other words.", usual(0, 0x3000), usual(0xE000, 0x10000), usual(0x1F300, 0x1F700), "&amp; &lt; ]]>"):
        new = with_words(file, words)
        made = changes(file.feed.items[-1], new.feed.items[-1])[file.format]
        assert with_changes(render_feed(file), [made]) == render_feed(new)
        back = changes(new.feed.items[-1], file.feed.items[-1])[file.format]
        assert with_changes(render_feed(new), [back]) == render_feed(file)


@pytest.mark.exhaustive
@pytest.mark.parametrize("file", feeds(), ids=lambda file: file.format)
def test_every_character_there_is(file: FeedFile) -> None:
    for start in range(0, 0x110000, 0x4000):
        new = with_words(file, f"Words {usual(start, start + 0x4000)}")
        made = changes(file.feed.items[-1], new.feed.items[-1])[file.format]
        assert with_changes(render_feed(file), [made]) == render_feed(new)


@pytest.mark.parametrize("words", ["a\rb", "a\x85b", "a\x07b", "a\ufffeb", "a\ud800b"])
def test_unusual_characters_are_left_to_a_whole_build(words: str) -> None:
    file = feeds()[0]
    with pytest.raises(ValueError, match="unusual"):
        changes(file.feed.items[-1], with_words(file, words).feed.items[-1])


@pytest.mark.parametrize("file", feeds(), ids=lambda file: file.format)
@pytest.mark.parametrize("damage", ["none", "twice", "other words", "words twice", "no end"])
def test_what_does_not_stand_once_where_it_should_is_not_replaced(file: FeedFile, damage: str) -> None:
    content, old = render_feed(file), file.feed.items[-1]
    made = changes(old, with_words(file, "Other words.").feed.items[-1])[file.format]
    form = FORMS[file.format]
    text = form.worded(old)[1]
    broken = {
        "none": content.replace(form.own(old), b""),
        "twice": content.replace(form.own(old), form.own(old) * 2),
        "other words": content.replace(text, b"<content/>"),
        "words twice": content.replace(text, text * 2),
        "no end": content.replace(form.end, b""),
    }
    with pytest.raises(ValueError, match="does not stand once"):
        with_changes(broken[damage], [made])
    with pytest.raises(ValueError, match="overlap"):
        with_changes(content, [made, made])


# --- at random ----------------------------------------------------------------------------------------------------

WORDS = (
    "a",
    "*b*",
    "&",
    "<3",
    '"so"',
    "-- it",
    "[a report](https://example.org/?a=1&b=2)",
    "\u0645\u0644\u0627",
    "`</p>`",
    "1 < 2",
    "[here](https://other.example/)",
    "\U0001f54a",
)


def some_words(folder: SiteFolder, rng: random.Random) -> None:
    """Change words of a paragraph of an alert, most often at its beginning."""
    path = f"alerts/a{rng.randrange(5)}.md"
    head, end, body = folder.path(path).read_text(encoding="utf-8").partition("---\n\n")
    paragraphs = body.split("\n\n")
    place = rng.choice([place for place, text in enumerate(paragraphs) if not text.startswith("#")])
    told = paragraphs[place].split(" ")
    at = rng.choice((1, 1, 1, len(told) // 2, len(told) - 1))
    told[at:at] = rng.sample(WORDS, 2) if rng.random() < 0.7 or len(told) < 20 else []
    paragraphs[place] = " ".join(told)
    folder.write(path, head + end + "\n\n".join(paragraphs))


def other_keys(folder: SiteFolder, rng: random.Random) -> None:
    path = f"alerts/a{rng.randrange(5)}.md"
    text = folder.path(path).read_text(encoding="utf-8")
    way = rng.choice(("title", "summary", "correction", "day"))
    if way == "title":
        text = text.replace("title: ", "title: Again ", 1)
    elif way == "summary":
        text = (
            re.sub("summary: .*\n", "", text)
            if "summary:" in text
            else text.replace("date:", "summary: Sum.\ndate:", 1)
        )
    elif way == "correction":
        text = re.sub(
            "(corrections: .*\n)?summary:", "corrections: [{date: 2026-01-30, text: It was wrong.}]\nsummary:", text
        )
    else:
        text = re.sub("date: .*\n", f"date: 2026-01-{rng.randrange(10, 28)}\n", text, count=1)
    folder.write(path, text)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(8))
def test_after_each_edit_feeds_are_those_of_a_clean_build(here: SiteFolder, seed: int) -> None:
    rng, short = random.Random(seed), 0
    here.edit("site.yaml", "levels:", f"feed_items: {rng.choice((2, 3, 20))}\nlevels:")
    whole(here)
    for _ in range(20):
        for _ in range(rng.choice((1, 1, 3))):
            some_words(here, rng)
        if rng.random() < 0.2:
            other_keys(here, rng)
        report = revised(here)
        short += bool(report)
        report = report or whole(here)
        assert tree(here.path("public")) == clean(here.root)
        fresh = here.root.with_name("fresh")
        assert report.problems == build(fresh, fresh / "public", now=NOON).problems
    assert short >= 5
