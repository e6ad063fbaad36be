"""A whole small site as text: alerts on a country, on two countries and on a theme, and a standing page."""

SITE = """\
-- site.yaml --
title: Test Alert
series: Test Alert
base_url: https://example.org/news/
levels: r2p-monitor
search: false
-- alerts/2026/2026-11-04-sudan.md --
---
title: Fighting in Sudan
date: 2026-11-04
number: 1
summary: About Sudan.
country: SD
risk_tags: [war-crimes]
id: urn:uuid:00000000-0000-4000-8000-000000000001
---
What happened first.
-- alerts/2026/2026-11-11-sudan-and-norway.md --
---
title: Sudan and Norway
date: 2026-11-11
number: 2
summary: About two countries.
country: [SD, NO]
id: urn:uuid:00000000-0000-4000-8000-000000000002
---
## Attacks in Sudan {: country=SD level=current-crisis risk_tags="war-crimes" }

What happened next.

## A debate in Norway {: country=NO }

What was said.
-- alerts/2026/2026-11-18-theme.md --
---
title: Care under attack
date: 2026-11-18
number: 3
summary: About a theme.
id: urn:uuid:00000000-0000-4000-8000-000000000003
---
Text about care.
-- pages/about.md --
---
title: About
nav: true
---
Who we are.
"""
