"""Templates and static files: `reading` finds them, `template_slips` and `fetched` look for what is wrong with them."""
