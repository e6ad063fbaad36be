"""Templates and static files: `reading` finds them; the others look for what is wrong with them.

`template_slips` looks at templates, `static_slips` at style sheets, scripts and web manifests, `fetched` at both.
"""
