"""Files of `static/` that name each other: found in style sheets, scripts and web manifests, published, reported."""

import json
import re
import time

import pytest

from alertgen.build import build, check
from alertgen.mentions import mentions
from alertgen.outputs import Copy
from alertgen.plan.planners import plan_outputs
from alertgen.plan.statics import published_names
from conftest import NOON, SiteFolder
from factories import site as site_of
from factories import theme_file

SITE = "-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n"
NAMED = [
    'import "./a.js";',
    "import'./a.js'",
    'import one from "./a.js"',
    'import {one,two}from"./a.js";',
    'import one, { two as three, /* why */ four // what for\n} from "./a.js"',
    'import * as one from "./a.js"',
    'export * from "./a.js"',
    'export { one } from "./a.js"',
    'import data from "./a.js" with { type: "json" }',
    'const one = await import("./a.js")',
    "import(/* webpackIgnore: true */ './a.js').then(f)",
    "import(`./a.js`)",
    'new URL("./a.js", import.meta.url)',
    'new URL("./a.js", document.currentScript.src)',
    'import.meta.resolve("./a.js")',
    'const quotation = /["\']/; import("./a.js")',
    'const text = "it\'s"; import("./a.js")',
    'half = (all / 2); import("./a.js"); third = all / 3',
]
OTHER = [
    '// import "./a.js"',
    '/* import "./a.js" */',
    "const text = \"import './a.js'\"",
    "const text = `import './a.js'`",
    'Array.from("./a.js")',
    'desk.import("./a.js")',
    'export const from = "./a.js"',
    'new URL("./a.js", location.href)',
    "text.replace(/\\/\\*'/g, \"import './a.js'\")",
    "import(`./${name}.js`)",
    'const name = "./a.js"',
]


@pytest.mark.parametrize("script", NAMED)
def test_a_script_names_a_file_where_browsers_read_it_as_relative_to_the_script(script):
    (found,) = mentions("own.js", script.encode())
    assert script.encode()[found.start : found.end] == b"./a.js"


@pytest.mark.parametrize("script", OTHER)
def test_nothing_else_in_a_script_is_taken_for_a_name(script):
    assert list(mentions("own.js", script.encode())) == []


NASTY = ("import ", "import a from ", "export {", "/* import ", "import '", "import(` ", "=/[ import", 'import "\\')


@pytest.mark.parametrize("part", NASTY)
def test_a_script_that_is_broken_without_end_holds_up_nothing(part):
    started = time.perf_counter()
    assert all(one.typed for one in mentions("own.js", part.encode() * 20_000))
    assert time.perf_counter() - started < 4


def published(**files: str) -> dict[str, Copy]:
    """Return by name what is published of *files*, in whose names `__` stands for a slash and `_` for a full stop."""
    statics = tuple(theme_file(name.replace("__", "/").replace("_", "."), content) for name, content in files.items())
    site = site_of(statics=statics)
    copies = {output.address: output for output in plan_outputs(site).outputs if isinstance(output, Copy)}
    return {name: copies[address] for name, address in published_names(site.theme)}


def test_names_in_scripts_lead_to_the_published_files():
    made = published(
        app_js='import { one } from "./js/one.js"; import "./gone.js"; '
        'data = new URL("x.json?v=1#a", import.meta.url);',
        js__one_js='import "../app.js"; export const one = "../app.js";',
        x_json="{}",
    )
    app, one, data = (made[name] for name in ("app.js", "js/one.js", "x.json"))
    below = one.address.removeprefix("/static/")
    assert app.content.decode() == (
        f'import {{ one }} from "./{below}"; import "./gone.js"; '
        f'data = new URL("{data.address.removeprefix("/static/")}?v=1#a", import.meta.url);'
    )
    app_name = app.address.removeprefix("/static/")
    assert one.content.decode() == f'import "../{app_name}"; export const one = "../app.js";'


def test_the_address_of_a_script_changes_with_whatever_can_be_reached_from_it():
    before, after = (
        published(a_js='import "./b.js"', b_js='import "./c.js"; import "./a.js"', c_js=last, d_js='"./c.js"')
        for last in ("1", "2")
    )
    assert {name for name in before if before[name].address != after[name].address} == {"a.js", "b.js", "c.js"}


def test_style_sheets_have_one_digest_of_all_that_can_be_reached_from_any_of_them():
    def addresses(**files: str) -> dict[str, str]:
        style = "a { fill: url(f.svg) }"
        made = published(**{"a_css": style, "b_css": "b { }", "f_svg": "1", "g_svg": "1", **files})
        return {name: copy.address for name, copy in made.items() if name.endswith(".css")}

    before = addresses()
    assert len({address.split(".")[1] for address in before.values()}) == 1
    assert addresses(g_svg="2") == before
    assert not set(addresses(f_svg="2").values()) & set(before.values())
    assert not set(addresses(b_css="c { }").values()) & set(before.values())


def test_what_follows_the_name_of_a_file_stays_behind_it():
    made = published(a_css="@font-face { src: url('f.woff?#iefix'), url(f.woff#f) }", f_woff="1")
    name = made["f.woff"].address.removeprefix("/static/")
    assert made["a.css"].content.decode() == f"@font-face{{src:url('{name}?#iefix'),url({name}#f)}}"


def test_the_icons_of_a_web_manifest_lead_to_the_published_files():
    text = '{"name": "icon-192.png", "icons": [{"src": "icon-192.png", "sizes": "192x192"}, {"src":"art\\/b.png"}]}'
    made = published(site_webmanifest=text, art__b_png="b", **{"icon-192_png": "a"})
    read = json.loads(made["site.webmanifest"].content)
    assert read["name"] == "icon-192.png"
    assert [f"/static/{icon['src']}" for icon in read["icons"]] == [
        made["icon-192.png"].address,
        made["art/b.png"].address,
    ]


def dead(folder: SiteFolder) -> list[tuple[str, int, str, str]]:
    found = [one for one in check(folder.root, now=NOON).problems if one.code == "dead-link"]
    return [(one.at.path, one.at.line, one.message, one.hint) for one in found]


LOST = {
    'import "./moer.js";': ("no published file has that name", "did you mean ./more.js?"),
    'import "more.js";': (
        "browsers look for a module only under a name that begins with ./ or ../",
        "write ./more.js, its name as seen from this file",
    ),
    'import "/static/more.js";': ("files of static/ are published under names", "write ./more.js, its name"),
    'import { html } from "lit";': ("browsers look for a module only under", "put that file into static/, and write"),
    "import('./Data/x.json')": ("no published file has that name", "did you mean ./data/x.json?"),
    'new URL("../data/x.json", import.meta.url)': ("no published file has that name", "write data/x.json, its name"),
    'fetch("data/x.json")': (
        "fetch() looks for it beside the page",
        'in a module, write fetch(new URL("./data/x.json", import.meta.url)); in another script, take the address from '
        "an attribute that a template sets, such as data-address=\"{{ asset('data/x.json') }}\"",
    ),
    "window.fetch('../static/data/x.json?1')": ("window.fetch() looks for it", "in a module, write window.fetch(new"),
    'new Worker("more.js")': ("new Worker() looks for it", 'in a module, write new Worker(new URL("./more.js", import'),
    'importScripts("more.js")': ("importScripts() looks", 'make the worker a module, and write import "./more.js"'),
}


@pytest.mark.parametrize("script", LOST)
def test_a_name_in_a_script_that_leads_nowhere_is_reported(site, script):
    folder: SiteFolder = site(SITE)
    folder.write("static/more.js", 'export default "own.js";\n')
    folder.write("static/data/x.json", "{}\n")
    folder.write("static/own.js", f"// é\n{script}\n")
    why, hint = LOST[script]
    ((path, line, message, remedy),) = dead(folder)
    assert (path, line) == ("static/own.js", 2)
    assert f'" leads nowhere: {why}' in message
    assert remedy.startswith(hint)


@pytest.mark.parametrize(
    "script", ['fetch("feed.json")', 'fetch("/data/alerts.json")', 'import("https://example.org/x.js")']
)
def test_what_is_no_file_of_the_theme_is_not_reported_as_one(site, script):
    folder: SiteFolder = site(SITE)
    folder.write("static/own.js", script)
    assert dead(folder) == []


def test_a_script_that_fetches_from_another_site_is_reported(site):
    folder: SiteFolder = site(SITE)
    own = '// é https://a.example/\nfetch("https://example.org/feed.json"); open("https://c.example/");\n'
    folder.write("static/own.js", f'{own}import "https://cdn.example/x.js"; fetch("//d.example/");\n')
    found = [one for one in check(folder.root, now=NOON).problems if one.code == "fetched-from-elsewhere"]
    assert [(one.at.line, one.at.column, one.message.split('"')[1]) for one in found] == [
        (3, 9, "https://cdn.example/x.js"),
        (3, 43, "//d.example/"),
    ]


def test_an_icon_of_a_web_manifest_that_leads_nowhere_is_reported(site):
    folder: SiteFolder = site(SITE)
    folder.write("static/manifest.json", '{"icons": [\n{"src": "\\/icon-144.png"}, {"src": "icon-512.png"}]}\n')
    assert dead(folder) == [
        (
            *(
                "static/manifest.json",
                2,
                '"/icon-144.png" leads nowhere: files of static/ are published under names that change with them',
            ),
            "write icon-144.png, its name as seen from this file",
        ),
        (
            *("static/manifest.json", 2, '"icon-512.png" leads nowhere: no published file has that name'),
            "did you mean icon-144.png?",
        ),
    ]


def test_an_edit_of_a_module_gives_the_same_site_as_a_build_from_nothing(site):
    folder: SiteFolder = site(SITE)
    folder.write("static/own.js", 'import "./more.js";\n')
    folder.write("static/more.js", 'import "./own.js"; export const last = 1;\n')
    folder.write(
        "templates/standing.html",
        """{% extends "base.html" %}
{% block scripts %}<script type="module" src="{{ asset('own.js') }}"></script>{% endblock %}
{% block main %}{{ prose(view.prose) }}{% endblock %}
""",
    )
    folder.write("pages/about.md", "---\ntitle: About\n---\n\nText.\n")
    assert build(folder.root, folder.path("public"), now=NOON).problems == ()
    folder.write("static/more.js", 'import "./own.js"; export const last = 2;\n')
    assert build(folder.root, folder.path("public"), now=NOON).problems == ()
    page = folder.path("public/about/index.html").read_text(encoding="utf-8")
    (own,) = folder.path("public/static").glob("own.*.js")
    (more,) = folder.path("public/static").glob("more.*.js")
    assert re.findall(r'src="\.\./static/(own[^"]+)"', page) == [own.name]
    assert own.read_text(encoding="utf-8") == f'import "./{more.name}";\n'
    assert more.read_text(encoding="utf-8") == f'import "./{own.name}"; export const last = 2;\n'
