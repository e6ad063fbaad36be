"""Files shipped with alertgen: vocabularies, countries, map shapes, interface texts. See README.md."""
