"""Whatever is in the files: no traceback, soon done, and every failure is a problem with a place in a file.

The short run is the same every time; `make exhaustive` tries ten thousand other examples of each kind.
"""

import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alertgen.build import Prepared, prepare
from alertgen.codes import CODES
from alertgen.diagnostics import Diagnostic
from alertgen.fingerprint import digest_bytes
from alertgen.load.documents import Customs, Kind, SourceFile
from alertgen.load.keys.schema import AlertKeys
from alertgen.load.keys.site_keys import SiteKeys
from alertgen.load.markdown.conversion import convert
from alertgen.load.markdown.source import read_source
from alertgen.load.reading import read_document
from alertgen.outputs import Card, SearchIndex
from alertgen.plan.planners import plan_outputs
from alertgen.render import RenderFaultError, render_outputs
from alertgen.report import format_problem
from alertgen.store import Store
from attacks import ATTACKS
from conftest import NOON
from stained_pictures import CORPUS
from txtar import picture

SECONDS = 20
"""Of processor time for one example; nearly all need a hundredth of it."""
SHORT = settings(max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=10_000, suppress_health_check=list(HealthCheck), print_blob=True)

WORDS = st.sampled_from(
    [
        "NO", "off", "12:30", "0123", "3.10", "1_000", "~", "null", "true", "yes", "2026-11-18", "2026-02-30",
        "2026-1-1",
        "0000-00-00", "9999-12-31", "20260105", "2026-11-18T17:00+01:00", "2026-11-18T25:00Z", "SD", "Norway",
        "CAR", "XX",
        "[SD, NO]", "[SD, [NO]]", "{a: b}", "[", "]", "{", "}", "[a, b", "'", '"', "''", '""', "'it''s'", "a: b",
        "a #b",
        "#b", "- a", "? a", "! a", "!!int 3", "!!python/object:os.system x", "&a b", "*a", "<<: *a", "|", ">",
        "%", "@", "`",
        "\t", "---", "...", "genocide", "war-crimes", "current-crisis", "deteriorated", "a.jpg", "../a.jpg",
        "/etc/passwd",
        "https://example.org/", "https://[", "http://a:99999/", "//evil.example", "javascript:alert(1)", "/old/",
        "/%2e%2e/",
        "/a/../b", "urn:uuid:1", "urn:x:y", "en", "fr", "zz-ZZ", "é" * 300, "\u202e", "\ufeff", "\\u0000", '"\\x00"',
        '"\\ud800"', "1" * 400, "-1", "1e999", ".inf", "{{ 7*7 }}", "\u0661\u0662",
    ]
)  # fmt: skip
VALUES = st.one_of(WORDS, st.text(max_size=40), st.sampled_from(list(ATTACKS.values())))
KEYS = st.one_of(
    st.sampled_from([*AlertKeys.model_fields, "Title", "tags", "<<", "a b", "", '"x"', "? x"]), st.text(max_size=8)
)
LINES = st.one_of(
    st.builds("{}: {}".format, KEYS, VALUES),
    st.builds("{}:\n  - {}: {}\n    {}".format, KEYS, KEYS, VALUES, VALUES),
    st.builds("{}:\n  {}: {}".format, KEYS, KEYS, VALUES),
    VALUES,
)
GOOD = ["title: T", "date: 2026-11-18", "country: SD"]
HEADERS = st.builds(
    lambda good, lines: "\n".join([*good, *lines]), st.sampled_from([GOOD, GOOD[:1], []]), st.lists(LINES, max_size=6)
)
PIECES = st.one_of(
    st.sampled_from(
        [
            *ATTACKS.values(), "\n", "\n\n", " ", "    ", "\t", "> ", "- ", "1. ", "# ", "## ", "### ", "|",
            "a|b\n-|-\n", "`",
            "```", "*", "_", "**", "[", "]", "(", ")", "![", "](", "[^1]", "[^1]: ", "[a]: ", "*[a]: ", "{: ",
            " }", "country=SD",
            "level=x", '"', "<", ">", "<!--", "-->", "<div>", "</div>", "&", "&#0;", "&#xD800;", "\x02", "\x03",
            "\\", "\u200b",
            "text ", "x" * 50, "+249 912 345 678", "13.6288, 25.3493", "a@example.org", "a.jpg", "http://a ",
            "---", "===",
        ]
    ),
    st.text(max_size=20),
)  # fmt: skip
BODIES = st.lists(PIECES, max_size=25).map("".join)
FENCES = st.sampled_from(["---", "---", "---", "---", "--- ", "----", "\u2014", "+++", "", "..."])
TEXTS = st.builds(lambda one, header, two, body: f"{one}\n{header}\n{two}\n{body}", FENCES, HEADERS, FENCES, BODIES)
ENCODINGS: list[Callable[[str], bytes]] = [
    *[lambda text: text.encode("utf-8", "surrogatepass")] * 6,
    lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8", "replace"),
    lambda text: text.encode("utf-16", "replace"),
    lambda text: text.encode("latin-1", "replace"),
    lambda text: text.replace("\n", "\r").encode("utf-8", "replace"),
    lambda text: text.encode("utf-8", "replace")[:-1] + b"\xc3",
]
CONTENTS = st.one_of(
    st.builds(lambda text, encode: encode(text), TEXTS, st.sampled_from(ENCODINGS)), st.binary(max_size=200)
)


def check_problems(problems: tuple[Diagnostic, ...], files: dict[str, bytes]) -> None:
    for problem in problems:
        assert problem.code in CODES
        assert problem.message.strip()
        assert problem.at.path and not problem.at.path.startswith("/")
        assert ".." not in problem.at.path.split("/")
        assert "Traceback" not in format_problem(problem)
        content = files.get(problem.at.path)
        if content is not None and problem.at.line > 0:
            text = content.decode("utf-8-sig", "replace")
            lines = re.split("\r\n|\r|\n", text)
            assert problem.at.line <= len(lines) + 1, format_problem(problem)
            if problem.at.line <= len(lines):
                assert problem.at.column <= len(lines[problem.at.line - 1]) + 2, format_problem(problem)


def soon(work: Callable[[], None]) -> None:
    start = time.process_time()
    work()
    assert time.process_time() - start < SECONDS


# --- a text by itself ---------------------------------------------------------------------------------------------


def markdown_is_converted(source: str) -> None:
    def work() -> None:
        body = convert(read_source(source, path="alerts/a.md", first_line=7, lang="en"), prefix="p")
        check_problems(body.problems, {})
        assert all(problem.at.line >= 7 for problem in body.problems)

    soon(work)


def document_is_read(content: bytes, kind: Kind) -> None:
    def work() -> None:
        file = SourceFile(path="alerts/a.md", kind=kind, raw=content, digest=digest_bytes(content))
        document = read_document(file, Customs(languages=("en", "fr")))
        check_problems(document.problems, {"alerts/a.md": content})
        assert document.problems or (document.header and document.body)

    soon(work)


test_any_markdown_is_converted = SHORT(given(BODIES)(markdown_is_converted))
test_any_document_is_read = SHORT(given(CONTENTS, st.sampled_from(Kind))(document_is_read))
test_ten_thousand_markdowns_are_converted = pytest.mark.exhaustive(LONG(given(BODIES)(markdown_is_converted)))
test_ten_thousand_documents_are_read = pytest.mark.exhaustive(
    LONG(given(CONTENTS, st.sampled_from(Kind))(document_is_read))
)

# --- whole folders ------------------------------------------------------------------------------------------------

PATHS = st.sampled_from(
    [
        "alerts/2026-11-18-a.md", "alerts/2026-11-18-a.fr.md", "alerts/b.md", "alerts/deep/er/c.md", "alerts/B.md",
        "alerts/e\u0301.md", "alerts/\u00e9.md", "alerts/.hidden.md", "alerts/con.md", "alerts/a b?.md", "alerts/-.md",
        "alerts/x.markdown", "alerts/2026-11-18-a.zz.md", "alerts/" + "l" * 200 + ".md", "alerts/folder.md/in.md",
        "pages/about.md", "pages/about.fr.md", "pages/alerts.md", "pages/index.md", "alerts/\u0627\u0644.md",
    ]
)  # fmt: skip
PICTURES = st.sampled_from(
    [
        picture("jpeg"),
        picture("png"),
        b"",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"<svg onload='alert(1)'/>",
        b"II*\0" + b"\xff" * 40,
    ]
    + [CORPUS[name]()[:size] for name in ("jpeg-comment.jpg", "png-text.png", "gif-moving.gif") for size in (40, 10**6)]
)
SITE_LINES = st.one_of(st.builds("{}: {}".format, st.sampled_from(list(SiteKeys.model_fields)), VALUES), LINES)
SITES = st.one_of(
    st.just("title: T\nbase_url: https://example.org/\nlanguages: [en, fr]\nlevels: r2p-monitor\n"),
    st.builds(
        lambda lines: "\n".join(["title: T", "base_url: https://example.org/", *lines]),
        st.lists(SITE_LINES, max_size=4),
    ),
    st.lists(SITE_LINES, max_size=4).map("\n".join),
)
ENTRIES = st.sampled_from(
    [
        "{}", "[]", "null", "1", '"x"', '{"/": {}}', '{"/": {"id": 1, "first": "x"}}', '{"/": {"first": []}}',
        '{"/a/": {"id": "", "first": "2026-01-01"}}', '{"/alerts/2026/a/": {"id": "urn:x:y", "first": "2026-01-01"}}',
        '{"/alerts/2026/a/": {"id": "urn:x:y", "first": "2026-01-01", "anchors": {"sudan-x": "SD"}}}',
        '{"/a": {"first": "2026-01-01", "anchors": [1]}}', '{"/a": {"first": "2026-01-01", "anchors": {"x": {}}}}',
        '{"../x": {"id": "", "first": "2026-99-01"}}', '{"": {"first": "2026-01-01"}, "x": {"first": "2026-01-01"}}',
        '{"\\ud800": {"first": "2026-01-01"}, "/a//": {"first": "2026-01-01"}}',
    ]
)  # fmt: skip
LEDGERS = st.one_of(
    st.sampled_from(["", "{}", "[]", "null", "{", "<<<<<<< HEAD\n{}", '{"a": ' * 2000, "\x00", '{"version": 2}']),
    ENTRIES.map('{{"version": 1, "addresses": {}}}'.format),
)
LINKS = st.sampled_from(["", "alerts/link.md", "static/link.css", "templates/base.html", "alerts/a.jpg", "alerts/loop"])
THEMES = st.sampled_from(["{{ x }}", "{% block", "{% extends 'base.html' %}{% block main %}{{ view.x }}{% endblock %}"])
TREES = st.fixed_dictionaries(
    {
        "texts": st.dictionaries(PATHS, CONTENTS, max_size=4),
        "site": SITES,
        "ledger": st.one_of(st.none(), LEDGERS),
        "picture": st.one_of(st.none(), PICTURES),
        "names": st.one_of(st.none(), st.text(max_size=30)),
        "theme": st.one_of(st.none(), THEMES),
        "link": LINKS,
    }
)  # fmt: skip


def files_of(tree: dict) -> dict[str, bytes]:
    found = {**tree["texts"], "site.yaml": tree["site"].encode("utf-8", "replace")}
    optional = {
        "published.json": tree["ledger"], "do-not-publish.txt": tree["names"], "templates/search.html": tree["theme"],
        "alerts/a.jpg": tree["picture"],
    }  # fmt: skip
    for path, content in optional.items():
        if content is not None:
            found[path] = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    return found


def folder_is_checked(tree: dict) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(None) as memory:
        root = Path(folder, "site")
        files = files_of(tree)
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            if not (root / path).exists():
                (root / path).write_bytes(content)
        if tree["link"] and not (root / tree["link"]).exists():
            (root / tree["link"]).parent.mkdir(parents=True, exist_ok=True)
            (root / tree["link"]).symlink_to(".." if tree["link"].endswith("loop") else "/etc/hostname")
        hostname = Path("/etc/hostname").read_bytes() if os.path.exists("/etc/hostname") else b"\0"  # noqa: PTH110

        def work() -> None:
            prepared = prepare(root, memory, now=NOON, strict=False)
            report = prepared.report if isinstance(prepared, Prepared) else prepared
            check_problems(
                report.problems, {path: (root / path).read_bytes() for path in files if (root / path).is_file()}
            )
            if isinstance(prepared, Prepared):
                assert report.ok
                wanted = [one for one in prepared.plan.outputs if not isinstance(one, SearchIndex | Card)]
                try:
                    for _, path, made in render_outputs(wanted, prepared.tools):
                        assert ".." not in path.split("/") and not path.startswith("/")
                        assert hostname.strip() not in made or len(hostname) < 4
                except RenderFaultError as fault:
                    check_problems((fault.problem,), files)
                assert plan_outputs(prepared.site) == prepared.plan
            else:
                assert not report.ok

        soon(work)


test_any_folder_is_checked = settings(SHORT, max_examples=40)(given(TREES)(folder_is_checked))
test_ten_thousand_folders_are_checked = pytest.mark.exhaustive(LONG(given(TREES)(folder_is_checked)))
