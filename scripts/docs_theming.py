"""The text of `docs/theming.md`, made from the views and the functions that templates can call."""

from alertgen.tools.template_guide import TEMPLATES, Record, callables, macros, records

_ABOUT = """\
# Changing how pages look

For colours and a logo, a file `static/own.css` of a few lines is enough (see the first example). To change more, put a
file into `templates/` or `static/` of your site folder: it replaces the default file of the same name. For other fonts
that is `static/site.css`, for another footer `templates/parts/footer.html`. All other files stay the default ones, so
later versions of alertgen can still improve them.

The command `alertgen explain` says where the default of a file is, so that you can copy it and change the copy. Of a
template it also lists everything that the template may show:

```text
alertgen explain static/site.css
alertgen explain templates/parts/footer.html
alertgen explain home.html
alertgen explain Teaser
alertgen explain t
```

A site with a look of its own may then hold:

```text
my-bulletin/
    site.yaml
    alerts/
    static/
        site.css
        own.css
        logo.svg
    templates/
        home.html
        standing.html
        parts/
            footer.html
```

`alertgen serve` shows every change at once. A mistake in a template is reported with its line, and nothing is published
until it is corrected.

Templates are written in [Jinja](https://jinja.palletsprojects.com/). These are errors:

- a name that does not exist, which Jinja alone would show as nothing;
- a value that is no text: `{{ view.updated }}` in the place of `{{ view.updated.shown }}`, or what is missing;
- a file that is fetched from another host, and a name that leads to no file of `static/`;
- a page without its Content-Security-Policy, and a picture without a description (`alt`);
- text that no page would show: outside of the blocks of a template that extends another one, or in a block that the
  other one does not have.

You are warned of a style attribute or an inline script, which the page's Content-Security-Policy refuses, and of pages
without what each one needs: language, title, the beginning of its text (`<main>`), and the link past the menu. All text
is escaped, so write `é` and not `&eacute;` between `{{` and `}}`.

A template of your own that begins with `{% extends "base.html" %}` may fill these blocks: `main`, the text of the page;
`scripts`, what is to be added to its `<head>`; and `kind`, a word for the class of its `<body>` (`on-alert`). A file
that replaces `base.html` must have the block `main`.

Only pages are made from templates. Feeds and data are not; their titles come from `site.yaml`. A page of your own is a
text in `pages/`; with `nav: true` it is in the menu. All of these pages share `standing.html`, which tells them apart
by `{% if page.address == "/donate/" %}`.

Every template sees one page as `page` (see `Page`), and its parts by short names: `view`, `head` and `chrome`.
This page is generated (`make docs`); a test fails when it is out of date, and another one builds a site with each of
the examples.

## Examples

Other colours, and whatever else a few lines of a style sheet can do. Every page loads `static/own.css` if it exists,
after the default style sheets, so its rules win. The values that can be set are at the top of `site.css`. The colours
of dark screens are set there under two more selectors, which your own sheet has to repeat:

```css
/* static/own.css */
:root { --accent: #7a1f1f; --measure: 38rem; }
:root[data-theme="dark"] { --accent: #e8a0a0; }
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) { --accent: #e8a0a0; }
}
```

A shorter footer. A part such as this is a macro, which `base.html` calls by its name:

```jinja
{# templates/parts/footer.html #}
{% macro footer() %}
<footer class="footer">
<p>{{ chrome.title }}{% if chrome.publisher != chrome.title %}, {{ chrome.publisher }}{% endif %}</p>
<p><a href="{{ href(chrome.home ~ 'corrections/') }}">{{ t("corrections") }}</a></p>
</footer>
{% endmacro %}
```

Standing pages with a picture of their own. `asset` gives the link to a file of `static/`, and `prose` inserts the text
that the editor wrote:

```jinja
{# templates/standing.html #}
{% extends "base.html" %}
{% block main %}
<img src="{{ asset('icon.svg') }}" alt="" width="48" height="48">
<h1>{{ view.title }}</h1>
{% if view.updated %}<p>{{ t("updated", day=view.updated.shown) }}</p>{% endif %}
<div class="prose">{{ prose(view.prose) }}</div>
{% endblock %}
```

A home page with the newest alert and a list. Put what may be missing (its type says `or None`) between `{% if … %}` and
`{% endif %}`. A list may be empty:

```jinja
{# templates/home.html #}
{% extends "base.html" %}
{% from "parts/picture.html" import figure with context %}
{% block main %}
{% if view.latest %}
<h1><a href="{{ href(view.latest.url) }}">{{ view.latest.title }}</a></h1>
<p><time datetime="{{ view.latest.day.iso }}">{{ view.latest.day.shown }}</time></p>
{% if view.latest_picture %}{{ figure(view.latest_picture, lead=true) }}{% endif %}
{% else %}
<p>{{ t("no_alerts") }}</p>
{% endif %}
{{ draw(view.world, "world") }}
{% if view.recent %}
<ul>
{% for teaser in view.recent %}
<li><a href="{{ href(teaser.url) }}">{{ teaser.title }}</a> ({{ n("countries", teaser.places|length) }})</li>
{% endfor %}
</ul>
{% endif %}
{% endblock %}
```

A page with a script of its own. Browsers run no script that stands in the markup, so it goes into a file of `static/`.
With `type="module"` it may import others. Since many readers have scripts switched off, what needs one stays hidden
until it runs:

```jinja
{# templates/corrections.html #}
{% extends "base.html" %}
{% block scripts %}<script type="module" src="{{ asset('js/corrections.js') }}"></script>{% endblock %}
{% block main %}
<h1>{{ t("corrections") }}</h1>
<label data-finder hidden>{{ t("search") }} <input type="search"></label>
<ul data-rows>
{% for row in view.rows %}
<li><a href="{{ href(row.alert.url) }}">{{ row.alert.title }}</a>: {{ row.correction.text }}</li>
{% endfor %}
</ul>
{% endblock %}
```

```js
/* static/js/corrections.js */
import { matches } from "./matches.js";
const finder = document.querySelector("[data-finder]");
finder.hidden = false;
finder.addEventListener("input", (event) => {
  for (const row of document.querySelectorAll("[data-rows] > li")) row.hidden = !matches(row, event.target.value);
});
```

```js
/* static/js/matches.js */
export const matches = (row, words) => row.textContent.toLowerCase().includes(words.toLowerCase());
```

## Names of files

Files of `static/` are published under names that change with them (`site.1a2b3c4d.css`), so that browsers may keep
them. You write the names that the files have in `static/`. They lead to the published files in these places, in all but
templates as seen from the file that you write:

| where | what you write |
|---|---|
| templates | `{{ asset('fonts/own.woff2') }}` |
| style sheets | `url(fonts/own.woff2)`, `@import "more.css"` |
| all scripts | `import("./more.js")`, `new URL("./names.json", document.currentScript.src)` |
| modules | `import … from "./more.js"`, `export … from "./more.js"`, `new URL("./names.json", import.meta.url)` |
| web manifests | `"src": "icon-192.png"` |

A name in these places that leads to no file is an error. No other text in a script is touched. What a script asks for
by `fetch("names.json")`, `new Worker("worker.js")` or `image.src = "a.png"` is looked for beside the page that is being
read, and is not there. A script learns an address in one of these ways:

- In a module, write `fetch(new URL("./names.json", import.meta.url))`, and likewise
  `new Worker(new URL("./worker.js", import.meta.url), { type: "module" })`.
- For every script, a template can write the address into an attribute, as in
  `<p id="desk" data-names="{{ asset('names.json') }}">`. The script asks for `fetch(desk.dataset.names)`.

Names of packages (`import "lit"`) lead nowhere: put a copy of the package into `static/`. Browsers load modules only
from a web host, not into a page that is opened from a folder of files.

Every page names `static/manifest.webmanifest` if it exists, so that readers can put the site on the first screen of
their phone. In it, write `"start_url": "../"`: that is the home page, as seen from the manifest.
"""


def theming() -> str:
    """Return the whole page."""
    rows = "".join(f"| `{name}` | [`{view}`](#{view.lower()}) |\n" for name, view in TEMPLATES.items())
    templates = f"## Templates\n\n| template | its `view` |\n|---|---|\n{rows}"
    shown = map(_record, records().values())
    return "\n".join([_ABOUT, templates, "## Functions\n", _functions(), _MACROS, _macros(), "## Values\n", *shown])


_MACROS = """\
`alertgen explain t` and `alertgen explain n` list the texts of the interface. They are translated. Words of your
own you write into the template; on pages in several languages, once for every language:
`{{ {"en": "Donate", "fr": "Faire un don"}[chrome.lang] }}`.

## Macros

Parts of the default pages that your own templates can use, as the home page above uses `figure`:
`{% from "parts/picture.html" import figure with context %}`. Without `with context`, a macro knows neither `href` nor
`chrome`.
"""


def _macros() -> str:
    rows = "".join(f"| `{name}` | {', '.join(f'`{call}`' for call in calls)} |\n" for name, calls in macros().items())
    return f"| file | macros |\n|---|---|\n{rows}"


def _functions() -> str:
    rows = "".join(f"| `{one.name}` | `{one.usage}` | {one.meaning} |\n" for one in callables().values())
    return f"| name | how to call it | what it gives |\n|---|---|---|\n{rows}"


def _record(record: Record) -> str:
    rows = "".join(f"| `{one.name}` | {one.kind} | {_in_table(one.meaning)} |\n" for one in record.fields)
    return f"### {record.name}\n\n{record.meaning}\n\n| field | type | meaning |\n|---|---|---|\n{rows}"


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")
