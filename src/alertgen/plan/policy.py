"""HTTP headers: the Content-Security-Policy above all. Nothing on a page may run, load or send but from our own host.

The policy also stands in each page, because many hosts read no `_headers`. A browser obeys both, so `_headers` can
give one policy for all pages, with what the search needs, while every other page keeps the stricter one of its own.
"""

from collections.abc import Iterator

from alertgen import urls
from alertgen.outputs import Document
from alertgen.plan.bulletin import Bulletin

_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
_ONLY_AS_HEADER = "manifest-src 'self'; frame-ancestors 'none'"
"""What a page says itself only if its site has a web manifest, and what it cannot say."""

PAGE_POLICY = "; ".join(_DIRECTIVES)
"""The policy of every page but the search."""

SEARCH_POLICY = PAGE_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""The policy of the search page: Pagefind compiles WebAssembly."""

_SECURITY = (
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
_FOR_EVER = "public, max-age=31536000, immutable"


def plan_headers(bulletin: Bulletin) -> Iterator[Document]:
    """Plan `_headers`: rows of path pattern, header and value; rows of one pattern follow each other.

    Paths count from the folder that the file lies in.
    """
    policy = SEARCH_POLICY if bulletin.site.config.search else PAGE_POLICY
    everywhere = (("Content-Security-Policy", f"{policy}; {_ONLY_AS_HEADER}"), *_SECURITY)
    named_by_content = ("/static/*", "/images/*", "/cards/*")
    yield Document(
        address=urls.host_headers(),
        kind="headers",
        rows=(
            *(("/*", name, value) for name, value in everywhere),
            *((pattern, "Cache-Control", _FOR_EVER) for pattern in named_by_content),
            (f"{urls.data()}*", "Access-Control-Allow-Origin", "*"),  # open data is read by pages of others as well
        ),
    )
