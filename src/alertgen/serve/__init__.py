"""The preview: the site as it would be published now, with what is held back, while one writes.

It shares the path of `build` from the files to the outputs. An output is made when a browser asks for it, from values
in memory; nothing is ever written to `public/`. The order of reading: `preview` (what is shown), `marks` (what the
preview adds to a page), `server` (the conversation with browsers), `watching` (what makes it look again).
"""

from alertgen.serve.preview import Preview, Shown
from alertgen.serve.server import bound, serve

__all__ = ["Preview", "Shown", "bound", "serve"]
