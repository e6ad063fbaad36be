"""YAML as editors write it: every value with its place, and as it was typed."""
