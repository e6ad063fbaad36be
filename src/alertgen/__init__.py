"""alertgen: from a folder of Markdown alerts to a publication of record.

How the files and folders of a site are called stands here, where everything can import it at no cost.
"""

__version__ = "0.1.0"

ALERTS, PAGES, TEMPLATES, STATICS = FOLDERS = ("alerts", "pages", "templates", "static")
"""Folders of what a site is made of: its texts, and its theme."""
OUTPUT = "public"
"""Folder of the site as readers get it, if nobody names another one."""
SITE_FILE = "site.yaml"
"""What the publication is called, and all its settings. A folder with this file is a site."""
LEDGER = "published.json"
"""Every address and feed id that was ever published. Committed."""
WITHHELD = "do-not-publish.txt"
"""Names that must not be published. Never committed."""
MANIFEST = ".alertgen-manifest.json"
"""The list of what was built, in the output. Hosts need not serve it."""
MEMORY = ".alertgen"
"""Folder for what is remembered between builds. Never published; may be deleted."""
