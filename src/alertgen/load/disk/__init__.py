"""What lies in a folder of files, and what bytes it holds.

- `files` and `contents`: which files there are, and what they hold;
- `content_files` and `names`: which of them are texts, and what their names say;
- `decoding`: bytes to text; `conflicts` and `placeholders`: what other programs leave in their place.
"""
