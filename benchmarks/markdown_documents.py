"""Documents for measuring and comparing Markdown converters; the same numbers give the same text for ever.

`alert(n)` is an ordinary weekly bulletin of about 700 words. `nasty(n)` is a short text put together from the
constructs that break Markdown converters: unclosed marks, marks inside marks, odd white space, control characters.
`damaged(n)` is a bulletin with such pieces in it. `usual(n)` is a short text of usual pieces, a few of them where they
do not belong, `slipped(n)` a bulletin with one or two such pieces. None says anything about the world: places and
reports are made up of common words.
"""

from __future__ import annotations

import random

SUBJECTS = (
    "the monitoring mission", "a panel of experts", "the provincial health office", "residents of the old town",
    "the country's human rights commission", "humanitarian agencies", "two former officials", "the special envoy",
    "an independent inquiry", "the border authority", "community leaders", "the election observers",
)  # fmt: skip
VERBS = (
    "reported", "confirmed", "could not verify", "warned of", "documented", "asked the council about", "described",
    "rejected", "recorded", "published", "welcomed", "drew attention to",
)  # fmt: skip
OBJECTS = (
    "new restrictions on movement", "the closure of three markets", "a rise in displacement", "damage to water points",
    "delays to relief convoys", "the detention of 14 teachers", "an attack on a clinic", "the ceasefire's first week",
    "threats against journalists", "the burning of grain stores", "an agreement on corridors", "shortages of medicine",
)  # fmt: skip
ENDINGS = (
    "in the northern district", "since the '90s", "between 3 and 9 March", "during the week's last days",
    "according to two separate sources", "near the river crossing", "for the second time this year",
    "which officials haven't denied", "in at least five villages", "under the 2019 agreement",
    "despite the council's resolution", "before the curfew ended...",
)  # fmt: skip
PLACES = ("Northern Province", "River State", "the Lake Region", "Old Harbour", "the Highlands", "East Valley")
LEVELS = ("current-crisis", "imminent-risk", "serious-concern")
TAGS = ("war-crimes", "ethnic-cleansing", "crimes-against-humanity", "genocide")
ABBREVIATIONS = (("UN", "United Nations"), ("ICC", "International Criminal Court"), ("OHCHR", "Rights Office"))


def alert(number: int) -> str:
    """One bulletin of about 700 words: situations, links, footnotes, a table, quotes and apostrophes."""
    rng = random.Random(f"alert {number}")
    situations = rng.choice((2, 2, 3))
    notes = rng.randint(2, 4)
    parts = [_paragraph(rng, 2, links=1)]
    for index in range(situations):
        parts += _situation(rng, paragraphs=(8 - situations) // situations + index % 2, note=index + 1)
        if index == 0:
            parts.append(_table(rng))
    if rng.random() < 0.5:
        parts.append("\n".join(f"- {_sentence(rng)}" for _ in range(3)))
    if rng.random() < 0.3:
        parts.append("> " + _sentence(rng))
    parts.append(_sentence(rng) + "".join(f" [^{n}]" for n in range(situations + 1, notes + 1)))
    parts += [f"[^{n}]: {_sentence(rng, link=n == 1)}" for n in range(1, max(notes, situations) + 1)]
    if rng.random() < 0.5:
        parts.append("\n".join(f"*[{short}]: {full}" for short, full in ABBREVIATIONS))
    return "\n\n".join(parts) + "\n"


def _situation(rng: random.Random, *, paragraphs: int, note: int) -> list[str]:
    place, level = rng.choice(PLACES), rng.choice(LEVELS)
    tags = " ".join(rng.sample(TAGS, 2))
    heading = f'## {place}: {_clause(rng)} {{: country=XA level={level} risk_tags="{tags}" }}'
    body = [_paragraph(rng, 3, links=rng.choice((1, 1, 2))) for _ in range(paragraphs)]
    body[0] += f"[^{note}]"
    return [heading, *body]


def _paragraph(rng: random.Random, sentences: int, *, links: int) -> str:
    linked = set(rng.sample(range(sentences), links))
    return " ".join(_sentence(rng, link=index in linked) for index in range(sentences))


def _sentence(rng: random.Random, *, link: bool = False) -> str:
    clause = f"{_clause(rng)} {rng.choice(ENDINGS)}"
    if link:
        page = f"https://www.example.org/news/{rng.randint(2015, 2026)}/{rng.randint(1, 12):02}"
        query = "?lang=en&view=full" if rng.random() < 0.2 else ""
        office = rng.choice(("field", "press"))
        clause += f", [said the UN's {office} office]({page}/report-{rng.randint(1, 9999)}{query})"
    style = rng.random()
    if style < 0.15:
        return f'The office said: "{clause[0].upper()}{clause[1:]}."'
    if style < 0.25:
        return f"{clause[0].upper()}{clause[1:]} -- *a first* since **{rng.randint(1990, 2024)}**."
    return f"{clause[0].upper()}{clause[1:]}, and {_clause(rng)}."


def _clause(rng: random.Random) -> str:
    return f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)}"


def _table(rng: random.Random) -> str:
    rows = [f"| {place} | {rng.randint(2, 400)} | {rng.choice(ENDINGS)} |" for place in rng.sample(PLACES, 4)]
    return "\n".join(["| Place | Reported dead | Period |", "|---|---:|---|", *rows])


ATOMS = (
    "word", "Élan", "مرحبا", "漢字", "a", "s", "80s", "'80s", "1990s", "x1", "_", "__", "___", "*", "**",
    "***", "`", "``", "```", "~", "'", '"', "''", '""', '"\'', '\'"', "' ", '" ', " '", ' "', "--", "---",
    "----", "-", "...", "....", "..", ".", ",", ";", ":", "!", "?", "(", ")", "[", "]", "{", "}", "<", ">",
    "&", "#", "##", "|", '\\', '\\\\', "\\'", '\\"', "\\*", "\\`", "\\[", "\\|", " ", "  ", "    ", "\t",
    "  \n", "\n", "\n\n", "\n\n\n", "\r\n", "\xa0", "\u2003", "\u2028", "\u2013", "\u2014", "\u2019",
    "\x02", "\x03", "\x02klzzwxh:0000\x03", "\x02wzxhzdk:0\x03", "&nbsp;", "&mdash;", "&#8211;", "&#8212;",
    "&amp;", "&#x41;", "&#65", "&bogus;", "&ndash", "[link](https://example.org)", "[a](b 'c')",
    '[a](b "c")', "[a](<b c>)", "[a](b(c)d)", '[a](b"c)', "[a][b]", "[a] [b]", "[a][]", "[a]",
    "![i](j.png)", "![i](j 'k')", "![i][b]", "![b]", "[[a](b)](c)", "[*a*](b*c)", "[a\nb](c)", "[`a`](`b`)",
    "[x](y){: #z .w }", "[^1]", "[^2]", "[^1][^1]", "[^nope]", "![^1]", "*em*", "**strong**", "***both***",
    "*em **strong***", "_em_", "__st__", "a_b_c", "*a _b* c_", "`code`", "`` a`b ``", "`a\\`",
    "<https://example.org/?a=b&c=d>", "<me@example.org>", "<b>", "</b>", "<br>", "<br/>", "<!-- c -->",
    "<?php ?>", "<i class='x'>", '<a href="y">', "</div>", "<div>", "<![CDATA[x]]>", "<!DOCTYPE x>", "UN",
    "ICC", "HTML", "UN's", "'UN'", '"ICC"', "{: .c }", "{: #i }", "{.c}", "{: k=v }", "{: k='v w' }",
    "{#a .b}", "{: }", "{: hidden }", "<<", ">>", "[TOC]", "///Footnotes Go Here///",
)  # fmt: skip
STARTS = (
    "", "", "", "", "", "# ", "## ", "### ", "###### ", "#", "> ", ">", "> > ", "- ", "* ", "+ ", "1. ",
    "2. ", "10) ", "    ", "  ", "   ", "        ", "\t", "    - ", "  * ", "    1. ", "[^1]: ", "[^2]: ",
    "    [^3]: ", "[b]: ", "[a]: ", "*[UN]: ", "*[ICC]: ", "| ", "|", ": ", "---", "***", "___", "===",
    "- - -", "```", "~~~", "<div>", "<p>", "</div>", "<!--", "    > ", "> - ", "- > ", "- # ", "> # ",
    "* * ",
)  # fmt: skip
BLOCKS = (
    "a | b\n--|--\nc | d", "| a | b |\n|:--|--:|\n| `c | d` | e\\|f |", "|a|\n|-|\n|b|", "Title\n=====",
    "Title\n---", "Title {: #t }\n---", "## Head {: #h .k data-x='y' }", "# Head # {: .a}",
    "[b]: https://example.org 'Title'", "[a]: <x y>", "[^1]: Note one.", "[^2]: Note\n    more\n\n    rest",
    "*[UN]: United Nations", "*[ICC]: Court", "*[UN]: ''", "- a\n- b\n    - c\n\n- d",
    "1. a\n2. b\n\n   para", "3. c\n4. d", "- a {: .li }\n- b", "> quote\nlazy\n\n> more",
    "    code\n\n    more", "para\n{: .block #pid }", "<div>\n\n*raw*\n\n</div>", "<b>in</b> line", "[TOC]",
    "* * *", "///Footnotes Go Here///", "text\n# heading\ntext", "text\n- item", "text\n\n\n\ntext",
    "[b]: x\n[a]: y\n[c]: z", "[^1]: x\n[^2]: y", "a  \nb  \nc",
    '\'Quoted\' "text" isn\'t -- really --- the \'90s...', '"\'Nested\' quotes"', '\'"Nested" quotes\'',
    'rock \'n\' roll\'s "(paren)" \'(x)\'',
)  # fmt: skip
BREAKS = ("\n", "\n\n", "\n\n", "\n\n", "\n \n", "")


def nasty(number: int) -> str:
    """A short hostile document: blocks, random lines, and characters dropped in or cut out."""
    rng = random.Random(f"nasty {number}")
    text = "".join(_nasty_block(rng) + rng.choice(BREAKS) for _ in range(rng.randint(1, 8)))
    return _damage(rng, text, rng.randint(1, 4)) if rng.random() < 0.3 else text


def damaged(number: int) -> str:
    """A bulletin into which hostile pieces fell."""
    rng = random.Random(f"damaged {number}")
    return _damage(rng, alert(number), rng.randint(1, 30))


def _damage(rng: random.Random, text: str, times: int) -> str:
    for _ in range(times):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(ATOMS) + text[at + rng.choice((0, 0, 1, 3)) :]
    return text


def _nasty_block(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return rng.choice(BLOCKS)
    return "\n".join(_nasty_line(rng) for _ in range(rng.randint(1, 4)))


def _nasty_line(rng: random.Random) -> str:
    glue = rng.choice((" ", " ", " ", ""))
    return rng.choice(STARTS) + glue.join(rng.choice(ATOMS) for _ in range(rng.randint(0, 12)))


USUAL = (
    "word", "a", "the 'old' town", "It's", "UN", "ICC", "Élan", "مرحبا", "80s", "'80s", "'", '"', '"word"', "'word'",
    "--", "---", "...", "*em*", "**st**", "*em phasis*", "*a*b", "[link](https://e.org/a?b=1&c=2)", "[a b](x/y.md)",
    "[a](b_c)", "[it's](#x)", "[a\nb](c)", "[^1]", "[^2]", "[^3]", "5 000", "No. 5", "3 million", "10 %", "« a »",
    "\u00a0", "\u202f", "\u3000", "\u2028", "\x85", "(", ")", "!", ":", ";", "~", "@", "$5", "1.", "14", "?", "/", "^",
    "_em_", "__st__", "_a 'b'_", "a_b", "R & D", "&", "<https://e.org/UN_a?b=1&c='>", "<https://e.org/UN_a?b=1&c=2>",
    "<http://e.org>",
)  # fmt: skip
SLIPS = (
    "*", "**", "***", "_", "*a *b", "*a\nb*", "* a*", "**a*", "[", "]", "[^", "*[", "]:", "[1]", "![a](b)", "! [a](b)",
    "![^1]", "[*a*](b)", "[a]()", "[](x)", "[a](//e)", "[a](b;c)", "http://e.org", "{", "}", "{: .c }", "|", "&",
    "&amp;", "&a", "_a", "b_", "__", "_a *b_", "*a _b* c_", "__a_", "<https://e.org/a b>", "<https://e.org/*a*>",
    "<me@e.org>", "<HTTP://e.org>", "<ftp://e.org>", "<a>", "</p>", "<", ">", "#", "+", "=", "`", "\\", "  ", "\t",
    " ", "\n", "\x02", "\x1c", "\u200b", "TODO:",
)  # fmt: skip
USUAL_STARTS = (
    "", "", "", "", "", "## ", "### ", "> ", "- ", "* ", "1. ", "[^1]: ", "[^2]: ", "*[UN]: ", "3.", "*x* ", "_x_ ",
    "& ",
)  # fmt: skip
USUAL_BLOCKS = (
    "| a | b |\n|---|--:|\n| c | 'd' |", "|a|b|c|\n|:-|:-:|---|\n|*x*|[y](z)||", "| a |\n|---|\n| b |", "|a|b|\n|-|-|",
    "[^1]: Note 'one'.", "[^2]: See [^1] or [^2].", "[^1]: one\n[^2]: two", "[^2]: two\nlines [a](b)",
    "*[UN]: United Nations", "*[UN]: United Nations\n*[ICC]: Int'l \"Court\"", "*[ICC]: It's", "*[UN]: ''",
    "*[A b]: c", "*[UN]: United Nations\nmore of the UN", "*[ICC]: Court\n- a\n- ICC",
    "*[UN]: United\n*[ICC]: Court\n> q", "- a\n- b 'c'\n- [d](e)", "- a\n\n- _b_\n- c\n\n* d", "1. a\n2. b\n\n1. c",
    "a | b\n--|:-:\nc & d | 'e'", "a|b\n-|-\n|c|d", "a | b\n--|--\nc | d |", "a | b\n - | -", "a|b\n|-|-\nc|d",
    "a | b\n-- --\nc | d", "[^2]: <https://e.org/n>", "* a\n* b", "1. a\n2. *b*\n3. c", "- a\n1. b", "> quote 'x'",
    "> q\n> r", "> q\nr", "> q\n>\n> r", "## Head 'x' {: country=SD level=x risk_tags=\"a b\" }",
    "## Head {: country=SD }", "## Head {: theme=\"Health care\" }", "## UN head {: country=SD }", "## H {: id=a }",
    "## H{: country=SD }", "## H {: country=SD}", "## H {:country=SD }", "## H { country=SD }",
    "### H {: country=SD }", "### Sub", "### Sub", "## Sub \"q\"", "#### مرحبا", "## H [^1]", "## H *x*", "##\tx",
    "## H #", "## H\ntext", "Title\n---", "para\n- item", "para\n1. item", "para\nmore", "para\n> q", "***", "---",
    "text [^1] and [^2].", "A [^1].\n\nB [^1].",
)  # fmt: skip


def usual(number: int) -> str:
    """A short text of usual blocks and lines, with a slip here and there; most of its notes are there."""
    rng = random.Random(f"usual {number}")
    blocks = [_usual_block(rng) for _ in range(rng.randint(1, 6))]
    if rng.random() < 0.7:
        whole = "\n".join(blocks)
        blocks += [f"[^{key}]: Note {key}" for key in "123" if f"[^{key}]" in whole and f"[^{key}]:" not in whole]
        blocks[:0] = [f"See [^{key}]." for key in "123" if f"[^{key}]:" in whole and whole.count(f"[^{key}]") < 2]
    text = rng.choice(("\n\n", "\n\n", "\n\n\n", "\n\n\n\n")).join(blocks)
    return rng.choice(("\n", "", "")) + text + rng.choice(("", "\n", "\n\n", " "))


def slipped(number: int) -> str:
    """A bulletin into which one or two pieces fell."""
    rng = random.Random(f"slipped {number}")
    text = alert(number)
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice((*USUAL, *SLIPS, *USUAL_STARTS)) + text[at + rng.choice((0, 0, 1, 2)) :]
    return text


def _usual_block(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return rng.choice(USUAL_BLOCKS)
    return "\n".join(_usual_line(rng) for _ in range(rng.choice((1, 1, 1, 2))))


def _usual_line(rng: random.Random) -> str:
    pieces = [rng.choice(USUAL if rng.random() < 0.95 else SLIPS) for _ in range(rng.randint(1, 6))]
    return rng.choice(USUAL_STARTS) + rng.choice((" ", " ", "")).join(pieces)
