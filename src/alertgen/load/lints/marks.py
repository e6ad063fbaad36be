"""What is written into texts and values for colleagues, not for readers: remarks, and lines that say so."""

from alertgen.patterns import late

UNFILLED = r"\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|\*\|[A-Z][A-Z0-9:_]*\|\*"
"""What blogs, wikis and mailing programs replace before readers see it, such as `{{ date }}` and `*|FNAME|*`."""
TO_FILL_IN = "DATE|NAME|PLACE|NUMBER|COUNTRY|CITY|LINK|SOURCE|INSERT"
_NOTE = rf"\[(?:TK|TBC|TBD|XXX*|\?+|(?:{TO_FILL_IN})|(?i:check|verify|to check|to verify|source\?|insert )[^\[\]\n]*)\]"
REMARK = late(
    rf"\{{(?:>>|\+\+|--|~~|==)[^\n]*?(?:<<|\+\+|--|~~|==)\}}|{_NOTE}(?![(\[:])|\bXXX\b|\?\?\?+|~~[^~\n]+~~"
    r"|(?<=[-*+] )\[[ xX]\](?= )|\bComment(?:ed|aire)? \[[A-Za-z]{1,4}\d{1,3}\]"
)
"""Remarks such as `[TK]`, `XXX`, `{>>really?<<}`, `~~struck~~` and Word's `Commented [AB1]`."""

_DRAFT = r"DRAFT(?:[ ]*(?:[\])*_.:,;|\u2013\u2014]|$)|[ ]+(?:-|[vV]?[0-9]|NOT |DO ))"
_ALONE = r"(?:CONFIDENTI(?:AL|EL)|CONFIDENCIAL|BROUILLON|BORRADOR)(?:[ ]*(?:[^A-Z \n]|$))"
MARKED = (
    "(?:STRICTLY )?EMBARGOED|(?:STRICTLY )?UNDER EMBARGO|EMBARGO(?: UNTIL|:)|Embargoed until"
    "|NOT FOR (?:PUBLICATION|CIRCULATION|DISTRIBUTION|RELEASE)|Not for (?:publication|circulation)"
    "|DO NOT (?:PUBLISH|CIRCULATE|DISTRIBUTE|SHARE|QUOTE|FORWARD)|(?:FOR )?INTERNAL USE ONLY|For internal use only"
    f"|(?:STRICTLY )?{_ALONE}|(?:FIRST |ROUGH |WORKING |FINAL )?{_DRAFT}"
    "|SOUS EMBARGO|NE PAS (?:PUBLIER|DIFFUSER)|NO PUBLICAR|EMBARGADO"
)
"""How a line begins that says of a text that it is not for readers, or not yet."""
NOT_FOR_READERS = "this says that the text is not for readers, or not yet; it would be published all the same"
KEYS_HOLD = "take it out; only the keys `draft: true` and `embargo: …` hold a text back"
