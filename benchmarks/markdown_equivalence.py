"""Compare `alertgen.fastmarkdown` with stock Python-Markdown, byte by byte, on all that is at hand.

    python benchmarks/markdown_equivalence.py [--random 10000] [--no-suite] [--trust] [--digests]

1. Python-Markdown's own test suite, from its source distribution, which pip fetches for the installed release: all its
   tests are run twice, without and with the extension added to every converter, and the outputs are compared.
2. The documents of that suite and the sample archive (`alerts/`), in every setting of `markdown_settings`.
3. Random documents (`markdown_documents`): ordinary bulletins, and damaged and hostile ones in every setting.

`--digests` prints the digests of the installed release that `fastmarkdown/digests.py` does not hold; `--trust` runs the
comparison as if it held them. Exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
import unittest
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import markdown

import markdown_documents
import markdown_settings
from alertgen.fastmarkdown import claims, digests
from alertgen.fastmarkdown.extension import FastMarkdownExtension, pieces

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run the comparisons asked for; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--random", type=int, default=10_000, help="number of hostile random documents")
    parser.add_argument("--no-suite", action="store_true", help="leave out Python-Markdown's test suite")
    parser.add_argument("--trust", action="store_true", help="take the shortcuts for an unknown release, too")
    parser.add_argument("--digests", action="store_true", help="print digests that are not held, and stop")
    chosen = parser.parse_args()
    unknown = {name: claims.digest(name) for name in pieces() if not claims.trusted(name)}
    print(f"Markdown {markdown.__version__}: {len(unknown)} of {len(pieces())} pieces are not proven")
    if chosen.digests:
        print("\n".join(f'    "{name}": ("{found}",),' for name, found in unknown.items()))
        return 0
    if chosen.trust:
        digests.PROVEN.update({name: (found,) for name, found in unknown.items()})
    return 1 if _compare_all(suite=not chosen.no_suite, number=chosen.random) else 0


def _compare_all(*, suite: bool, number: int) -> int:
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        if suite:
            source = _source_distribution(Path(folder))
            different += _compare_suite(source)
            texts = [_read(path) for path in sorted((source / "tests").rglob("*.txt"))]
            different += _compare("documents of the test suite", texts, markdown_settings.settings())
    archive = [_read(path).partition("\n---\n")[2] for path in sorted((ROOT / "alerts").rglob("*.md"))]
    different += _compare("sample archive", archive, markdown_settings.settings())
    different += _compare("random bulletins", map(markdown_documents.alert, range(number // 10)), ["bulletin"])
    broken = (markdown_documents.damaged(index) for index in range(number // 20))
    different += _compare("damaged bulletins", broken, markdown_settings.settings())
    hostile = (markdown_documents.nasty(index) for index in range(number))
    return different + _compare("hostile random documents", hostile, markdown_settings.settings())


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _compare(title: str, texts: Iterable[str], names: Iterable[str]) -> int:
    """Convert *texts* both ways in the settings *names*; print and return how many come out different."""
    pairs = [
        (name, markdown_settings.converter(name), markdown_settings.converter(name, FastMarkdownExtension()))
        for name in names
    ]
    count = different = 0
    for text in texts:
        for name, stock, fast in pairs:
            count += 1
            if markdown_settings.outcome(stock, text) != markdown_settings.outcome(fast, text):
                different += 1
                print(f"DIFFERENT in setting {name}: {text!r}")
    print(f"{title}: {count:,} conversions compared, {different} different", flush=True)
    return different


def _source_distribution(folder: Path) -> Path:
    """Fetch and unpack the source distribution of the installed release."""
    wanted = f"markdown=={markdown.__version__}"
    options = ["--quiet", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), wanted], check=True)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


def _compare_suite(source: Path) -> int:
    """Run the test suite without and with the extension; print and return how much comes out different."""
    sys.path.insert(0, str(source))
    stock, stock_failures = _run_suite(source, fast=False)
    fast, fast_failures = _run_suite(source, fast=True)
    different = sum(one != other for one, other in zip(stock, fast, strict=False)) + abs(len(stock) - len(fast))
    print(f"test suite: {len(stock):,} conversions compared, {different} different", flush=True)
    print(f"test suite: failures {len(stock_failures)} without, {len(fast_failures)} with the extension")
    for name in sorted(fast_failures - stock_failures):
        print(f"FAILS only with the extension: {name}")
    return different + len(fast_failures - stock_failures)


def _run_suite(source: Path, *, fast: bool) -> tuple[list[Any], set[str]]:
    """Run all tests; return what each conversion took and gave, and the names of the tests that failed."""
    converted: list[Any] = []
    register, convert = markdown.Markdown.registerExtensions, markdown.Markdown.convert

    def register_more(md: markdown.Markdown, extensions: Any, configs: Any) -> markdown.Markdown:
        register(md, extensions, configs)
        nested = any(isinstance(known, FastMarkdownExtension) for known in md.registeredExtensions)
        return register(md, [FastMarkdownExtension()], {}) if fast and not nested else md

    def convert_noted(md: markdown.Markdown, text: str) -> str:
        output = convert(md, text)
        converted.append((text, output, getattr(md, "toc", None), getattr(md, "toc_tokens", None)))
        return output

    markdown.Markdown.registerExtensions = register_more  # type: ignore[method-assign]
    markdown.Markdown.convert = convert_noted  # type: ignore[method-assign]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            suite = unittest.defaultTestLoader.discover(str(source / "tests"), top_level_dir=str(source))
            result = unittest.TextTestRunner(stream=io.StringIO(), verbosity=0).run(suite)
    finally:
        markdown.Markdown.registerExtensions = register  # type: ignore[method-assign]
        markdown.Markdown.convert = convert  # type: ignore[method-assign]
    return converted, set(_names(result))


def _names(result: unittest.TestResult) -> Iterator[str]:
    for test, _ in [*result.failures, *result.errors]:
        yield test.id()


if __name__ == "__main__":
    sys.exit(main())
