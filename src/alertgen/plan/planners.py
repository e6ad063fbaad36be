"""All planners, and the plan that they make together."""

from collections.abc import Callable, Iterator

from alertgen.model import Site
from alertgen.outputs import Output, Plan
from alertgen.plan.alerts import plan_alerts
from alertgen.plan.archives import plan_archives
from alertgen.plan.bulletin import Bulletin
from alertgen.plan.citations import plan_citations
from alertgen.plan.countries import plan_countries
from alertgen.plan.exports import plan_exports
from alertgen.plan.feeds import plan_feeds
from alertgen.plan.gather import gather
from alertgen.plan.home import plan_home
from alertgen.plan.images import plan_images
from alertgen.plan.links import unresolved
from alertgen.plan.policy import plan_headers
from alertgen.plan.recall import Recall
from alertgen.plan.redirects import plan_redirects
from alertgen.plan.reliefweb import plan_reliefweb
from alertgen.plan.risks import plan_risks
from alertgen.plan.search import plan_search
from alertgen.plan.sitemap import plan_robots, plan_sitemap
from alertgen.plan.standing import plan_corrections, plan_not_found, plan_standing, plan_subscribe
from alertgen.plan.statics import plan_statics

PLANNERS: tuple[Callable[[Bulletin], Iterator[Output]], ...] = (
    plan_home,
    plan_alerts,
    plan_archives,
    plan_countries,
    plan_risks,
    plan_standing,
    plan_subscribe,
    plan_corrections,
    plan_search,
    plan_not_found,
    plan_redirects,
    plan_feeds,
    plan_exports,
    plan_citations,
    plan_reliefweb,
    plan_images,
    plan_statics,
    plan_headers,
    plan_robots,
)
"""A row for each kind of output."""


def plan_outputs(site: Site, recall: Recall | None = None) -> Plan:
    """Decide everything that will exist of *site*, in order of address.

    The result does not depend on what *recall* knows of other plans, which only saves time.
    """
    return plan_bulletin(gather(site, recall or Recall()))


def plan_bulletin(bulletin: Bulletin) -> Plan:
    """Decide everything that will exist of *bulletin*, in order of address."""
    site = bulletin.site
    outputs = [output for planner in PLANNERS for output in planner(bulletin)]
    outputs += plan_sitemap(outputs)
    outputs.sort(key=lambda output: output.address)
    bulletin.recall.let_go()
    return Plan(outputs=tuple(outputs), unresolved=unresolved(site.texts, bulletin.files, outputs, site.faulty))
