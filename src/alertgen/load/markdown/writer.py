"""What Markdown made to clean HTML, with the links and pictures met on the way."""

import re

from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.addresses import Kind, is_of_preview, kind_of, own_path, trimmed, without_tracking
from alertgen.load.described import describes_a_picture
from alertgen.load.markdown.body import BodyImage
from alertgen.load.markdown.parts import Note, Part, Tokens
from alertgen.load.markdown.sanitise import Attributes, clean, means_nothing, plain_text, start_tag
from alertgen.load.markdown.source import Finder, Source
from alertgen.load.people.tracking import tracked
from alertgen.model import Link
from alertgen.records import replace

_OWN_WORDS = re.compile(r'<a (href="(https?://[^"]+)"[^>]*)>\2</a>')


def _marked(html: str) -> str:
    """Return *html* with a class at links whose words are their address, so that paper does not show it twice."""
    return _OWN_WORDS.sub(r'<a class="address" \1>\2</a>', html) if ">http" in html else html


class Writer:
    """Writes parts and notes of one document, in the order of the text."""

    def __init__(
        self,
        tokens: Tokens,
        source: Source,
        *,
        prefix: str,
        ids: frozenset[str],
        own: tuple[str, ...],
        with_outside: bool,
    ) -> None:
        self.tokens = tokens
        self.source = source
        self.prefix = prefix
        self.ids = ids
        self.links: list[Link] = []
        self.outside: list[Link] = []
        self.images: list[BodyImage] = []
        self.problems: list[Diagnostic] = []
        self._finder = Finder(source)
        self.own = own
        self._with_outside = with_outside

    def html(self, stretch: Part | Note) -> str:
        """Return the clean HTML of *stretch*; what it links to and shows is added to the lists."""
        written = stretch.written
        if written is None:
            return _marked(clean(stretch.html, self._amended).strip())
        pieces = list(written.pieces)
        for at, address in written.links:
            pieces[at] = start_tag("a", self._target(address))
        return _marked("".join(pieces).strip())

    def plain(self, raw: str) -> str:
        """Return the text of the HTML *raw* in one line."""
        words = raw if means_nothing(raw) else plain_text(clean(raw, lambda _, attributes: attributes))
        return " ".join(words.split())

    def _amended(self, name: str, attributes: Attributes) -> Attributes | None:
        if name == "img":
            return self._picture(attributes)
        if len(attributes) == 1 and "href" in attributes:
            return self._target(attributes["href"])
        own: Attributes = {}
        if "id" in attributes:
            own |= self.tokens.attributes(attributes.pop("id"))
        if "align" in attributes:
            own["class"] = f"align-{attributes.pop('align')}"
        if "dir" in attributes and attributes["dir"].lower() not in ("ltr", "rtl", "auto"):
            del attributes["dir"]
        if "href" in attributes:
            own |= self._target(attributes.pop("href"))
        return own | attributes

    def _target(self, address: str) -> Attributes:
        """Return the attributes of a link to *address*; none when it must not be one (`audit` has said so)."""
        kind = kind_of(address)
        if kind is Kind.WEB:
            return self._followed(address)
        place = self._finder.target(address)
        if kind is Kind.MAIL:
            return {"href": trimmed(address)}
        if kind is Kind.INSIDE:
            return self._inside(Link(self._own_anchor(trimmed(address)), place))
        return {}

    def _inside(self, link: Link) -> Attributes:
        self.links.append(link)
        return {"href": f"alertgen:link/{len(self.links) - 1}"}

    def _followed(self, address: str) -> Attributes:
        """Return the attributes of a link to a full address; its place is looked up only if it is needed."""
        followed, dropped = without_tracking(trimmed(address))
        inside = own_path(followed, self.own)
        outside = {"href": followed, "rel": "noopener noreferrer"}
        if not dropped and not inside and not self._with_outside:
            self._finder.pass_over(address)
            return outside
        place = self._finder.target(address)
        if dropped:
            told = tracked(followed, dropped, place)
            self.problems.append(replace(told, excerpt=self.source.line_at(place)))
        if inside:
            return self._inside(Link(inside, place, full="" if is_of_preview(followed) else followed))
        if self._with_outside:
            self.outside.append(Link(followed, place))
        return outside

    def _own_anchor(self, target: str) -> str:
        """Return a link to a heading of this text with the prefix that its id has got."""
        prefixed = f"{self.prefix}-{target[1:]}"
        return f"#{prefixed}" if target.startswith("#") and prefixed in self.ids else target

    def _picture(self, attributes: Attributes) -> Attributes | None:
        target = trimmed(attributes.get("src", ""))
        place = self._finder.target(attributes.get("src", ""))
        if not target:
            return None  # an address that was removed, or none: `audit` has said so
        if kind_of(target) is not Kind.INSIDE:
            self.problems.append(self._elsewhere(target, attributes, place))
            return None
        alt = " ".join(attributes.get("alt", "").split())
        if not describes_a_picture(alt):
            self.problems.append(_without_alt(self.source, target, place, alt))
        self.images.append(BodyImage(target=target, alt=alt, title=attributes.get("title", ""), place=place))
        return {"src": f"alertgen:image/{len(self.images) - 1}", "alt": alt}

    def _elsewhere(self, target: str, attributes: Attributes, place: Place) -> Diagnostic:
        if not {attributes.get("width"), attributes.get("height")} & {"0", "1", "0px", "1px"}:
            return remote_picture(target, self.source, place)
        return self.source.problem(
            "tracking-picture",
            "this picture is too small to be seen and only reports who reads the page, so it is left out",
            place,
            hint="take it out",
        )


def _without_alt(source: Source, target: str, place: Place, alt: str) -> Diagnostic:
    return source.problem(
        "picture-without-alt",
        f'"{alt}" does not say what the picture shows' if alt else f'the picture "{target}" has no description',
        place,
        hint=f"say in the brackets what it shows: ![what it shows]({target})",
    )


def remote_picture(address: str, source: Source, place: Place) -> Diagnostic:
    """Make the problem with a picture that is not a file of the site."""
    shown = address if len(address) < 100 else address[:60] + "…"
    return source.problem(
        "remote-picture",
        f'the picture "{shown}" is not a file of this site',
        place,
        hint="save the picture next to the alert and name that file",
    )
