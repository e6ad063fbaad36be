"""Quotation marks, dashes and ellipses by language, for the `smarty` extension of Python-Markdown."""

_NBSP = "\u00a0"

_DOUBLE_QUOTES = {
    "ar": ("«", "»"),
    "de": ("\N{DOUBLE LOW-9 QUOTATION MARK}", "\N{LEFT DOUBLE QUOTATION MARK}"),
    "es": ("«", "»"),
    "fa": ("«", "»"),
    "fr": ("«" + _NBSP, _NBSP + "»"),
    "ru": ("«", "»"),
}
"""First-level quotation marks by primary language subtag, as the publishing style of each language has them."""


def substitutions(lang: str) -> dict[str, str]:
    """Return what `smarty` puts for straight quotes, hyphens and dots in *lang*, a BCP 47 tag.

    The right single quote stays the apostrophe in every language, because `smarty` uses one for the other.
    """
    left, right = _DOUBLE_QUOTES.get(
        lang.partition("-")[0].lower(), ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}")
    )
    return {
        "left-double-quote": left,
        "right-double-quote": right,
        "left-single-quote": "\N{LEFT SINGLE QUOTATION MARK}",
        "right-single-quote": "\N{RIGHT SINGLE QUOTATION MARK}",
        "ndash": "\N{EN DASH}",
        "mdash": "\N{EM DASH}",
        "ellipsis": "\N{HORIZONTAL ELLIPSIS}",
    }
