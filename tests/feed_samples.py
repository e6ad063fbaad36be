"""Sites whose feeds tests read, and how they read them."""

from dataclasses import replace
from datetime import datetime

from lxml import etree

from alertgen.model import Footnote, Republication, Site, Source, Trend
from alertgen.outputs import FeedFile
from alertgen.plan.planners import plan_outputs
from alertgen.render.feeds import render_feed
from factories import (
    CRISIS,
    GENOCIDE,
    ISRAEL,
    MALI,
    PALESTINE,
    RISK,
    SUDAN,
    WAR_CRIMES,
    alert,
    image,
    prose,
    site,
    situation,
    theme_file,
)
from feed_rules import CONTENT
from planned import outputs


def feed(of: Site, address: str) -> bytes:
    file = outputs(of)[address]
    assert isinstance(file, FeedFile)
    return render_feed(file)


def items(of: Site, address: str = "/feed.xml") -> list[etree._Element]:
    return etree.fromstring(feed(of, address)).findall("channel/item")


def content(of: Site, address: str = "/feed.xml") -> str:
    return items(of, address)[0].findtext(CONTENT) or ""


def all_feeds(of: Site) -> dict[str, bytes]:
    return {one.address: render_feed(one) for one in plan_outputs(of).outputs if isinstance(one, FeedFile)}


def guids(of: Site) -> dict[str, list[str | None]]:
    """The ids in every RSS feed, by address."""
    return {
        address: [item.findtext("guid") for item in etree.fromstring(document).findall("channel/item")]
        for address, document in all_feeds(of).items()
        if address.endswith(".xml") and b"<rss" in document
    }


def rich() -> Site:
    """One of everything that feeds tell."""
    note = Footnote("fn-a-1", 3, "<p>The <em>note</em>.</p>", ("fnref-a-1",))
    told = prose(
        "The lead.",
        '<p>The lead<sup><a class="footnote-ref" id="fnref-a-1" href="#fn-a-1" role="doc-noteref">3</a></sup> has a '
        '<a href="alertgen:link/0">link</a>, <a href="https://a.example/é" rel="noopener">another</a> and '
        'a picture <img src="alertgen:image/0" alt="A camp."> in it.</p>\n'
        '<p><img src="alertgen:image/1" alt="Blood &amp; sand."></p>',
        notes=(note,),
    )
    whole = alert(
        "2021-01-27",
        situation("Attack in Darfur", SUDAN, level=CRISIS, trend=Trend.DETERIORATED, tags=(WAR_CRIMES,)),
        situation("Ceasefire & aid", ISRAEL, PALESTINE, level=RISK, tags=(GENOCIDE,)),
        situation("Hospitals attacked", theme="Healthcare in conflict"),
        title="Sudan, Gaza",
        number=7,
        lead=told,
        links=("2021-01-20-alert.md",),
        images=(image(), image("alerts/2021/blood.jpg", sensitive="a wounded person")),
        picture=image("alerts/2021/lead.jpg", 900, 600),
        corrections=(("2021-02-01", 'It said "ten" & was <wrong>.'),),
        republished=Republication(
            publisher="Partner & Co", url="https://p.example/ä", date=datetime(2021, 1, 26).date(), rights="CC BY"
        ),
        sources=(
            Source(title="A <report>", url="https://un.example/r", publisher="UN", archived="https://w.example/"),
        ),
        authors=("A. Desk", "B. Desk"),
    )
    return site(
        whole,
        alert("2021-01-20", situation("All of it", MALI, whole=True, level=CRISIS), title="Mali", number=6),
        alert("2021-01-13", lead=prose("Nothing but text."), countries=(MALI,), picture=image(sensitive="a wound")),
        alert(
            "2021-01-27", situation("الهجوم", SUDAN, body="نص."), lang="ar", title="السودان", stem="2021-01-27-alert"
        ),
        statics=(theme_file("icon-144.png", "png"),),
        hub="https://hub.example/",
    )


SITES = {
    "rich": rich(),
    "empty": site(),
    "one": site(alert("2021-01-27", situation("A", SUDAN))),
    "two hundred": site(
        *(
            alert(f"{2020 - week // 48}-{1 + week % 12:02}-{1 + week // 12 % 4:02}", situation("A", SUDAN))
            for week in range(200)
        ),
        feed_items=500,
    ),
    "signs": site(
        alert("2021-01-27", situation("AT&T ]]> <b>bold</b>", SUDAN, body="x"), title="Fish & chips ]]> <script>"),
        alert(
            "2021-01-26",
            situation("&nbsp; &#7; <br>", SUDAN, body="x"),
            title="R&D, &nbsp; and &#x41; <wbr",
            authors=("Q&amp;A",),
            picture=replace(image(), caption="&lt; <i", credit="A&nbsp;B"),
        ),
        alert("2021-01-28", lead=prose("a", "<p>AT&amp;T ]]&gt; &lt;script&gt; \u00a0 “” <b>x</b></p>"), title="Ça"),
    ),
    "same day": site(
        *(
            alert("2021-01-27", situation("A", SUDAN), situation("B", MALI, SUDAN), stem=name, number=number)
            for name, number in (("x", 1), ("y", 2), ("z", 3))
        )
    ),
    "corrected on one day": site(
        *(
            alert(f"2021-01-{day}", situation("A", SUDAN), corrections=(("2021-02-02", "Wrong."),))
            for day in (13, 20, 27)
        )
    ),
    "daily, all corrected on one day": site(
        *(
            alert(
                f"2021-01-{day:02}",
                situation("A", SUDAN),
                situation("B", MALI, SUDAN),
                situation("C", ISRAEL, SUDAN),
                corrections=(("2021-02-02", "Wrong."), ("2021-02-02", "Wrong, too.")),
                stem=f"{day}-{name}",
                number=number,
            )
            for day in range(1, 29)
            for number, name in ((2 * day, "x"), (2 * day + 1, "y"))
        ),
        feed_items=500,
    ),
    "far zone": site(alert("2021-01-27", situation("A", SUDAN)), timezone="Asia/Kathmandu"),
    "half an hour": site(alert("2021-01-27", situation("A", SUDAN)), timezone="Asia/Kolkata"),
}  # fmt: skip
