"""What another version of alertgen or of a package made is made anew."""

import importlib.metadata
import re
from importlib.metadata import requires

import pytest

from alertgen import engine
from alertgen.engine import engine_digest


@pytest.mark.parametrize("package", ["pillow", "markdown", "jinja2", "babel"])
def test_another_version_of_a_package_is_another_engine(monkeypatch, package):
    usual, known = importlib.metadata.version, engine_digest()
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0" if name == package else usual(name))
    assert engine._computed.__wrapped__() != known


def test_every_package_that_shapes_an_output_counts():
    required = {re.match(r"[\w-]+", line)[0] for line in requires("alertgen") if "extra ==" not in line}
    beside = {"cbor2", "click", "starlette", "uvicorn", "watchfiles"}  # carry, ask and preview only
    assert required - beside <= set(engine._PACKAGES)
