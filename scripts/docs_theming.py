"""The text of `docs/theming.md`, made from the views and the functions that templates can call."""

from alertgen.template_guide import TEMPLATES, Record, callables, records

_ABOUT = """\
# Changing how pages look

A file in `templates/` or `static/` of your site folder takes the place of the default file of the same name. So a
change of fonts is one file, `static/site.css`; another footer is `templates/parts/footer.html`. Everything else
stays as it is, and a later version of alertgen brings its improvements to all files that you did not override.

These commands say where the default of a file is, so that you can copy it and change the copy, and list all that a
template may show:

```text
alertgen explain static/site.css
alertgen explain templates/parts/footer.html
alertgen explain home.html
alertgen explain Teaser
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

`alertgen serve` shows every change at once. What is wrong in a template is told with its line, and nothing is published
while it is.

Templates are [Jinja](https://jinja.palletsprojects.com/). They are strict: a name that is not there is an error at its
line, never an empty place. All text is escaped. A file that is fetched from another host is an error, too. So is what
no page would show: text outside of the blocks of a template that extends another, or a block that the other does not
have. You are warned of a style attribute or an inline script, which the page's Content-Security-Policy refuses.

Every template sees one page as `page` (see `Page`), and its parts by short names: `view`, `head` and `chrome`.
This page is generated (`make docs`); a test fails when it is out of date, and another one builds a site with each of
the examples.

## Examples

Other colours, and whatever else a few lines of a style sheet can say. Every page fetches `static/own.css` when it is
there, and what it says holds against the default sheets. What can be set stands at the top of `site.css`. The colours
of dark screens stand there twice more, under the two selectors that a sheet of yours repeats:

```css
/* static/own.css */
:root { --accent: #7a1f1f; --measure: 38rem; }
:root[data-theme="dark"] { --accent: #e8a0a0; }
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) { --accent: #e8a0a0; }
}
```

A footer that says less. A part such as this is a macro, which `base.html` calls by its name:

```jinja
{# templates/parts/footer.html #}
{% macro footer() %}
<footer class="footer">
<p>{{ chrome.title }}{% if chrome.publisher != chrome.title %}, {{ chrome.publisher }}{% endif %}</p>
<p><a href="{{ href(chrome.home ~ 'corrections/') }}">{{ t("corrections") }}</a></p>
</footer>
{% endmacro %}
```

Standing pages with a picture of their own. `asset` names a file of `static/`, and `prose` puts in the
text that the editor wrote:

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

A home page of the newest alert and a list. What may be missing (its type says `or None`) stands between `{% if … %}`
and `{% endif %}`; a list may be empty:

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
"""


def theming() -> str:
    """Return the whole page."""
    rows = "".join(f"| `{name}` | [`{view}`](#{view.lower()}) |\n" for name, view in TEMPLATES.items())
    templates = f"## Templates\n\n| template | its `view` |\n|---|---|\n{rows}"
    shown = map(_record, records().values())
    return "\n".join([_ABOUT, templates, "## Functions\n", _functions(), "## Values\n", *shown])


def _functions() -> str:
    rows = "".join(f"| `{one.name}` | `{one.usage}` | {one.meaning} |\n" for one in callables().values())
    return f"| name | how to call it | what it gives |\n|---|---|---|\n{rows}"


def _record(record: Record) -> str:
    rows = "".join(f"| `{one.name}` | {one.kind} | {_in_table(one.meaning)} |\n" for one in record.fields)
    return f"### {record.name}\n\n{record.meaning}\n\n| field | type | meaning |\n|---|---|---|\n{rows}"


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")
