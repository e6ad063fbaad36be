"""Typographic signs: the same in the lines of the front matter and in the text."""
# ruff: noqa: RUF001 - the signs that look alike are what is tested

import pytest

from alertgen.load.markdown.typography import typeset
from conftest import SITE_YAML
from stained_pictures import png

ALERT = """\
---
title: "{line}"
date: 2026-11-18
summary: "{line}"
lang: {lang}
image: x.png
image_alt: x
image_credit: "{line}"
republished: {{publisher: Partner, url: "https://partner.example/", date: 2026-11-18, rights: "{line}"}}
corrections:
  - {{date: 2026-11-19, text: "{line}"}}
---

{line}

`84 000 'as typed' ;`
"""
LINES = {
    "en": ("Sudan's 5 million -- 'no aid'... No. 7", "Sudan’s 5_million – ‘no aid’… No._7"),
    "fr": ("L'état d'urgence : 84 000 morts ; et après ?", "L’état d’urgence_: 84_000 morts_; et après_?"),
    "ar": ("السودان 'اليوم'", "السودان ‘اليوم’"),
    "zh": ("苏丹：'灾难'，'流离失所'……", "苏丹：'灾难'，'流离失所'……"),
    "uk": ("Судан -- 84 000 осіб", "Судан – 84_000 осіб"),
}
"""By language: as typed, and as published, with an underscore for every no-break space."""


@pytest.mark.parametrize("lang", LINES)
def test_lines_of_the_front_matter_are_typeset_as_the_text_is(site, lang):
    typed, wanted = LINES[lang]
    folder = site()
    folder.write("site.yaml", f"{SITE_YAML}languages: [en, fr, ar, zh, uk]\n")
    folder.write("alerts/a.md", ALERT.format(line=typed, lang=lang))
    folder.write("alerts/x.png", png())
    (alert,) = (alert for alert in folder.load().site.alerts if alert.path == "alerts/a.md")
    html = alert.situations[0].prose.html if alert.situations else alert.lead.html
    wanted = wanted.replace("_", "\N{NO-BREAK SPACE}")
    assert (alert.title, alert.summary, alert.corrections[0].text) == (wanted, wanted, wanted)
    assert (alert.image.credit, alert.republished.rights) == (wanted, wanted)
    assert f"<p>{wanted}</p>" in html.replace("&nbsp;", "\N{NO-BREAK SPACE}")
    assert "84 000 'as typed' ;" in html


def test_quotation_marks_follow_the_language():
    assert typeset('"Attack"', "en-GB") == "“Attack”"
    assert typeset('"Angriff"', "de") == "„Angriff“"
    assert typeset('"Attaque"', "fr") == "«\N{NO-BREAK SPACE}Attaque\N{NO-BREAK SPACE}»"


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("line", ["12:30", "https://a.example/x;y?z=1:2", "2026-11-18", "A;B", "10 20 4000"])
def test_what_needs_no_sign_stays_as_typed(line, lang):
    assert typeset(line, lang) == line


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("uk", "він сказав «так»"),
        ("pl", "він сказав „так”"),
        ("sr", "він сказав “так”"),
        ("zh-Hans", 'він сказав "так"'),
    ],
)
def test_quotation_marks_are_those_of_the_language(lang, wanted):
    assert typeset('він сказав "так"', lang) == wanted


def test_where_no_space_tells_which_mark_opens_the_marks_stay_as_typed(site):
    text = '---\ntitle: \'苏丹："灾难"\'\ndate: 2026-11-18\nlang: zh\n---\n\n一万人"流离失所"，*很"多"*。\n'
    folder = site()
    folder.write("site.yaml", f"{SITE_YAML}languages: [en, zh]\n")
    folder.write("alerts/a.md", text)
    alert = folder.load().site.alerts[0]
    assert alert.title == '苏丹："灾难"'
    assert alert.lead.html == '<p>一万人"流离失所"，<em>很"多"</em>。</p>'
