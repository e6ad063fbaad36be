"""alertgen: from a folder of Markdown alerts to a publication of record."""

__version__ = "0.1.0"
