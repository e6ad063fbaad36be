"""Templates and static files: `reading` finds them; the others look for what is wrong with them.

`template_slips` looks at templates, and asks `markup_slips` about their markup and `page_slips` about what every page
needs; `static_slips` looks at style sheets, scripts and web manifests, and `fetched` at all of them.
"""
