"""Files shipped with alertgen: vocabularies, countries, map shapes, interface texts. See README.md."""

from pathlib import Path

DATA = Path(__file__).parent
"""The folder that holds them. `importlib.resources` would do the same, but importing it takes 5 ms."""
