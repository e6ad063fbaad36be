"""Texts: from Markdown to clean HTML in parts, with the place of everything that is wrong."""
