"""Measure how many times faster `alertgen.fastmarkdown` converts bulletins than stock Python-Markdown.

    python benchmarks/markdown_speed.py [--documents 100] [--rounds 5]

Each document is converted by both in turn, and the ratio of the two times is taken for each pair, so that a machine
that is busy slows both down; the best of some rounds counts. What is printed last is the median over the documents.
Both converters are made once and reset for each document, as Python-Markdown's documentation advises; the cost of
making one anew is given as well. Outputs are compared before anything is measured.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time

import markdown

import markdown_documents
import markdown_settings
from alertgen.fastmarkdown import claims
from alertgen.fastmarkdown.extension import FastMarkdownExtension, pieces

SETTING = "bulletin"


def main() -> int:
    """Measure and print; return 1 when an output differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    texts = [markdown_documents.alert(number) for number in range(chosen.documents)]
    stock = markdown_settings.converter(SETTING)
    fast = markdown_settings.converter(SETTING, FastMarkdownExtension())
    unproven = [name for name in pieces() if not claims.trusted(name)]
    words = statistics.mean(len(text.split()) for text in texts)
    print(f"Python {sys.version.split()[0]}, Markdown {markdown.__version__}, pieces not proven: {unproven or 'none'}")
    print(f"{len(texts)} documents of {words:.0f} words, {sum(len(text.encode()) for text in texts) / 1000:.0f} kB")
    if any(markdown_settings.outcome(stock, text) != markdown_settings.outcome(fast, text) for text in texts):
        print("outputs differ")
        return 1
    _report(*_measure(stock, fast, texts, chosen.rounds))
    return 0


def _measure(
    stock: markdown.Markdown, fast: markdown.Markdown, texts: list[str], rounds: int
) -> tuple[list[float], list[float]]:
    """Return the best time of some rounds for each document, in milliseconds, stock and fast."""
    gc.collect()
    best = [[float("inf")] * len(texts), [float("inf")] * len(texts)]
    for _ in range(rounds):
        for index, text in enumerate(texts):
            for which, md in enumerate((stock, fast)):
                start = time.perf_counter()
                md.reset().convert(text)
                best[which][index] = min(best[which][index], (time.perf_counter() - start) * 1000)
    return best[0], best[1]


def _report(stock: list[float], fast: list[float]) -> None:
    ratios = sorted(one / other for one, other in zip(stock, fast, strict=True))
    print(f"making a converter, once: stock {_making():.2f} ms, with the extension {_making(fast=True):.2f} ms")
    print(f"stock     {statistics.median(stock):7.3f} ms a document (median)")
    print(f"fast      {statistics.median(fast):7.3f} ms a document (median)")
    print(f"slowest tenth of the ratios: at most {ratios[len(ratios) // 10]:.2f}x")
    print(f"ratio     {statistics.median(ratios):7.2f}x (median of {len(ratios)} paired ratios)")


def _making(*, fast: bool = False) -> float:
    """Return how long it takes to make a converter, in milliseconds, the best of ten."""
    best = float("inf")
    for _ in range(10):
        start = time.perf_counter()
        markdown_settings.converter(SETTING, *([FastMarkdownExtension()] if fast else []))
        best = min(best, (time.perf_counter() - start) * 1000)
    return best


if __name__ == "__main__":
    sys.exit(main())
