"""Countries, risk tags and levels.

- `vocabularies`: those that come with alertgen;
- `terms`: what an editor typed, looked up among them and those of the site;
- `near_countries`: what may have been meant;
- `mentions`, `signs`: countries that a text names, or may name.
"""
