"""From the files of a site folder to a `Site`: `site.load_site` is the whole stage, told in order.

Importing the package imports no module of it, since a build of few words needs few of them.
"""
