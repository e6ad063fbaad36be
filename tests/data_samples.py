"""A site whose open data tests read."""

from alertgen.model import Site, Source
from factories import CRISIS, GENOCIDE, ISRAEL, MALI, PALESTINE, SUDAN, WAR_CRIMES, alert, image, prose, site, situation


def bulletin(**config: object) -> Site:
    """Alerts in two languages with everything that data tell."""
    return site(
        alert(
            "2021-01-27",
            situation("Attack", SUDAN, level=CRISIS, tags=(WAR_CRIMES,), body='Line one; "quoted", with, commas'),
            situation("Ceasefire", ISRAEL, PALESTINE, tags=(GENOCIDE,)),
            situation("Hospitals", theme="Healthcare; in conflict"),
            title='Sudan, Gaza; and "more"',
            number=7,
            lead=prose("The lead."),
            corrections=(("2021-02-01", "It was wrong."),),
            sources=(Source(title="Report", url="https://un.example/ä"),),
            picture=image("alerts/2021/lead.jpg", 900, 600),
        ),
        alert("2021-01-27", situation("Attaque", SUDAN, level=CRISIS, tags=(WAR_CRIMES,)), lang="fr", number=7),
        alert(
            "2021-01-20",
            situation("All", MALI, whole=True),
            picture=image("alerts/2021/wound.jpg", sensitive="a wound"),
        ),
        alert("2021-01-13", countries=(MALI,), tags=(GENOCIDE,)),
        **config,  # type: ignore[arg-type]
    )
