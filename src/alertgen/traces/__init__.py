"""What a build leaves for the next one, so that an edit of words needs no plan (docs/decisions/0012-words-alone.md).

- `read`, `read_feeds`: what was left, and how it is read;
- `write`, `write_feeds`: how a build leaves it;
- `comparing`: the fingerprints by which outputs are compared with those that are published;
- `published_rows`: rows of the open data that are copied from the published file.
"""
