"""What is wrong with a template is told in words, at its line, with what to do; Jinja's own words come last."""

import time
from dataclasses import replace
from shutil import copytree

import pytest

from alertgen.build import build, check
from alertgen.load.theme.reading import read_theme
from alertgen.plan.planners import plan_outputs
from alertgen.render import RenderFaultError
from alertgen.render.templates import compiled, render_page
from alertgen.store import Store
from browsing import ROOT
from conftest import NOON
from factories import site as site_of

SITE = "-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n"
SLIPS = {
    "{% if view.latest %}\nx\n": (1, "{% if … %} is never closed", "write {% endif %} where it ends"),
    "{% block main %}\n{% if view.latest %}\n{% endif %}\n": (
        *(1, "{% block … %} is never closed", "write {% endblock %} where it ends"),
    ),
    "\n{% block main %}\n{% if view.latest %}\n{% endblock %}\n": (
        *(4, "{% endblock %} stands here, but {% if … %} of line 3 is still open", "write {% endif %} before it"),
    ),
    "x\n{% endif %}": (2, "{% endif %} closes nothing", "delete it, or write {% if … %} above it"),
    "{% bloc main %}": (1, 'there is no tag "bloc"', "did you mean block?"),
    "{% if view.latest %}{% elsif view.recent %}{% endif %}": (1, 'there is no tag "elsif"', "did you mean elif?"),
    "{% for one in view.recent %}{% end %}": (1, 'there is no tag "end"', "did you mean endfor?"),
    "{% set a = 1 %}{% endset %}": (1, "{% endset %} closes nothing", "delete it, or write {% set … %} above it"),
    "{% translate %}": (1, 'there is no tag "translate"', "the tags are if, for, block, macro"),
    "{% else %}": (1, "{% else %} stands in the wrong place", "{% else %} belongs between {% if … %} or"),
    "x\n {{ head.title": (2, "{{ is never closed", "write }} where it ends"),
    "{# a remark": (1, "{# is never closed", "write #} where it ends"),
    "{{ head.title } }": (1, '"}" stands here without its partner', "what begins with {{ ends with }}"),
    "{{ (head.title }}": (1, '")" is missing before "}"', "close the bracket"),
    "{{ head.title) }}": (1, '")" closes nothing', "delete it"),
    "{{ head title }}": (1, '"title" stands where }} is expected', "write }} before it; or join the two: by a dot"),
    "{% if head.title = 'x' %}{% endif %}": (1, '"=" stands where %} is expected', "to compare, write two of them: =="),
    "{% for one of view.recent %}{% endfor %}": (1, '"of" stands where "in" is needed', "write it like {% for teaser"),
    "{% if %}{% endif %}": (1, "something is missing before %}", "write what is meant, or delete the braces"),
    "{{ head.title ? 'a' : 'b' }}": (1, '"?" means nothing here', "write it like {{ one if it_is_so else other }}"),
    "{% if head.title && head.kind %}{% endif %}": (1, '"&" means nothing here', "write the word: {% if one and"),
    "x\n{{ 'head.title }}": (2, "the quotation mark ' that opens here is never closed", "put the same at its end"),
    "{{ “head” }}": (1, '"“" means nothing here', "type straight quotation marks"),
    "{{ head. }}": (1, "a name is missing after the dot", "write it like view.title"),
    "{{ head.title|uper }}": (1, 'there is no filter "uper"', "did you mean upper?"),
    "{% if head.title is defned %}{% endif %}": (1, 'there is no test "defned"', "did you mean defined or undefined?"),
    "{% block a %}{% endblock %}{% block a %}{% endblock %}": (1, 'the block "a" stands twice', "give one of them"),
}
FAULTS = {
    "{{ haed.title }}": ('"haed" is not known here', "did you mean hashed or head?"),
    "{{ nothing_like_it }}": (
        '"nothing_like_it" is not known here',
        "`alertgen explain home.html` lists what it may use",
    ),
    "{{ view.latset }}": ('there is no "latset" in HomeView', "did you mean latest"),
    "{{ view.latest.title }}": (
        'there is no "title" here, since what stands before the dot may be missing',
        "put the line between {% if … %} and {% endif %}, as in {% if view.latest %}",
    ),
    "{{ head.title.en }}": (
        'there is no "en" in a text',
        "leave it out; `alertgen explain home.html` lists what it may use",
    ),
    "{% for one in [1] %}{{ loop.indx }}{% endfor %}": ('there is no "indx" in loop', "did you mean index"),
    "{% include 'parts/foter.html' %}": ('there is no template "parts/foter.html"', "did you mean parts/footer.html"),
    "{{ asset('site.cs') }}": ("there is no file static/site.cs", "did you mean site.css or site.js?"),
    "{{ t('no_such_text') }}": (
        'there is no text "no_such_text"',
        "`alertgen explain t` lists all texts",
    ),
    "{{ t('correction') }}": ('there is no text "correction"', "did you mean corrections, correction_of"),
    "{{ t('updated') }}": (
        'the text "updated" lacks a value: it reads "Updated {day}"',
        'write t("updated", day=…)',
    ),
    "{{ n('country', 3) }}": ('there is no text "country"', "did you mean countries?"),
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}": ("this goes round in circles", "take out the line"),
    "{{ view.recent.0.title }}": ("there is no entry 0 in this list; it may be empty", "go through a list with {% for"),
    "{% from 'parts/lists.html' import no_such with context %}{{ no_such() }}": (
        'parts/lists.html has no macro "no_such", and home.html asks for it',
        "write {% macro no_such() %} … {% endmacro %} in templates/parts/lists.html",
    ),
    "{% include 'home.html' %}": ("this goes round in circles", "take out the line that leads back"),
    "{{ head.title() }}": ("round brackets follow a text, which is no function", "leave the brackets () out"),
    "{% for one in 5 %}{% endfor %}": ("a number stands where a list is needed", "write the name of a list after in"),
    "{% for one in head %}{% endfor %}": ("Head stands where a list is needed", "write the name of a list after in"),
    "{{ head.title + 1 }}": ("+ cannot be used between a text and a number", "to put one text after another, write ~"),
    "{{ head - 1 }}": ("- cannot be used between Head and a number", "to put one text after another, write ~"),
    "{{ 1 / 0 }}": ("this cannot be done (ZeroDivisionError: division by zero)", "`alertgen explain home.html`"),
    "{{ view.latest }}": ("there is nothing to show: this may be missing", "put it between {% if … %} and {% endif %}"),
    "{{ view.world }}": ("this is a whole Map and no text", "write a dot and one of its parts behind it: kind, title,"),
    "{{ view.recent }}": ("this is a list and no text", "go through it with {% for … %} and {% endfor %}, or join its"),
    "{% for one in [1] %}{% set two = view.recent %}{{ two }}{% endfor %}": (
        "this is a list and no text",
        "go through",
    ),
    "{% autoescape false %}{{ chrome.menu }}{% endautoescape %}": ("this is a list and no text", "go through it with"),
    "{{ href }}": ("this is called by round brackets, which are missing", "write them behind the name: ()"),
    "{% macro a() %}{% endmacro %}{{ a }}": ("this is called by round brackets", "write them behind the name"),
    "{% macro a(one, two=1) %}{{ one }}{% endmacro %}{{ a() }}": (
        '"one" is missing where a(one, two=1) is called',
        "give it there, in brackets: a(one, two=1)",
    ),
    "{{ {'fr': 'Don'}[chrome.lang] }}": (
        'there is no "en" in what { … } lists here',
        'write a value for "en" into it',
    ),
    "{{ asset('static/site.css') }}": ("there is no file static/static/site.css", "did you mean site.css?"),
    "{{ asset('/icon.svg') }}": ("there is no file static//icon.svg", "did you mean icon.svg?"),
    "{{ href() }}": (
        "something that is called here got too little or too much",
        "`href(address)`: *address* as a link",
    ),
}


@pytest.fixture(scope="module")
def fault_of():
    """What is wrong with a template that stands in the place of home.html, when it is compiled or else at work."""
    theme, _ = read_theme(ROOT / "nowhere")
    home = next(page for page in plan_outputs(replace(site_of(), theme=theme)).outputs if page.address == "/")
    memory = Store(None)

    def find(template: str):
        files = [
            replace(file, content=template.encode()) if file.path == "home.html" else file for file in theme.templates
        ]
        environment, faults = compiled(replace(theme, templates=tuple(files)), memory)
        if not faults:
            with pytest.raises(RenderFaultError) as caught:
                render_page(environment, home)
            faults = (caught.value.problem,)
        (problem,) = faults
        assert problem.at.path == "templates/home.html"
        return problem

    return find


@pytest.mark.parametrize("template", SLIPS)
def test_a_slip_in_the_syntax_is_told_in_words(fault_of, template):
    line, message, hint = SLIPS[template]
    problem = fault_of(template)
    assert (problem.code, problem.at.line, problem.message) == ("template-syntax", line, message)
    first, last = problem.hint.splitlines()
    assert first.startswith(hint)
    assert last.startswith("Jinja's own words: ")
    assert problem.excerpt == template.split("\n")[line - 1]


def test_a_slip_is_pointed_at(fault_of):
    assert fault_of("a\nbc {{ 'head.title }}").at.column == 7


@pytest.mark.parametrize("template", FAULTS)
def test_a_fault_at_work_is_told_in_words(fault_of, template):
    message, hint = FAULTS[template]
    problem = fault_of(template)
    assert (problem.code, problem.at.line) == ("template-error", 1)
    assert problem.message.startswith(message)
    assert problem.hint.startswith(hint)
    assert problem.hint.endswith("\nit fails on the page /")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_template_in_another_encoding_is_told_never_published_with_lost_letters(site, encoding):
    folder = site(SITE)
    folder.write(
        "templates/home.html", '{% extends "base.html" %}\n{% block main %}Été{% endblock %}\n'.encode(encoding)
    )
    (problem,) = [one for one in check(folder.root, now=NOON).problems if one.code in ("not-utf8", "utf-16")]
    assert problem.at.path == "templates/home.html"


def test_a_mark_of_byte_order_is_no_letter_of_the_page(site):
    folder = site(SITE)
    folder.write("templates/home.html", b"\xef\xbb\xbf<!doctype html><title>T</title>")
    assert build(folder.root, folder.root / "public", now=NOON).ok
    assert folder.path("public/index.html").read_bytes().startswith(b"<!doctype")


def test_a_base_without_the_block_that_other_templates_fill_is_an_error(site):
    folder = site(SITE)
    folder.write("templates/base.html", "<!doctype html><title>T</title>{% block content %}{% endblock %}")
    (problem,) = [one for one in folder.load().problems if one.code == "lost-in-template"]
    assert problem.at.path == "templates/base.html"
    assert "alert.html" in problem.message


def test_of_a_block_that_is_never_closed_nothing_else_is_said(site):
    folder = site(SITE)
    folder.write(
        "templates/home.html", '{% extends "base.html" %}{% block kind %}home{% block main %}Text{% endblock %}'
    )
    (problem,) = check(folder.root, now=NOON).problems
    assert problem.code == "template-syntax"


def test_a_file_of_static_is_asked_for_by_asset(site):
    folder = site(SITE)
    folder.write(
        "templates/parts/footer.html", '{% macro footer() %}<img src="../static/icn.svg" alt="">{% endmacro %}'
    )
    (problem,) = [one for one in folder.load().problems if one.code == "dead-link"]
    assert (problem.at.line, problem.at.column) == (1, 31)
    assert problem.hint == "write {{ asset('icon.svg') }} in its place"


def test_a_tag_that_is_never_closed_holds_up_nothing(site):
    folder = site(SITE)
    folder.write(
        "templates/parts/footer.html", "{% macro footer() %}<img " + "{{ t('skip') }} " * 26 + "<p>{% endmacro %}"
    )
    started = time.perf_counter()
    assert folder.load().problems == ()
    assert time.perf_counter() - started < 4


def test_a_copy_of_the_whole_default_theme_is_without_fault(site):
    folder = site(f"{SITE}-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\ncountry: SD\n---\nText.\n")
    for name in ("templates", "static"):
        copytree(ROOT / name, folder.path(name))
    assert check(folder.root, now=NOON).problems == ()


def test_each_attribute_of_a_tag_that_the_policy_refuses_is_told(site):
    folder = site(SITE)
    tags = """<p class="{{ 'a' if 2 > 1 }}" style="color: red"\nonclick="go()">x</p><a href="javascript:go()">y</a>"""
    folder.write("templates/standing.html", f'{{% extends "base.html" %}}{{% block main %}}\n{tags}{{% endblock %}}')
    found = [one for one in folder.load().problems if one.code == "refused-by-policy"]
    assert [(one.at.line, one.at.column, one.at.length) for one in found] == [(2, 31, 5), (3, 1, 7), (3, 30, 11)]


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ('<img src="x.png">', True),
        ("<img\nsrc=\"{{ asset('icon.svg') if 2 > 1 }}\">", True),
        ('<img src="x.png" alt="">', False),
        ('<img alt="{{ view.title }}" src="x.png">', False),
        ("<img {{ attributes }}>", False),
        ('{# <img src="x.png"> #}', False),
    ],
)
def test_a_picture_of_a_template_needs_words(site, tag, told):
    folder = site(SITE)
    folder.write("templates/standing.html", f'{{% extends "base.html" %}}{{% block main %}}{tag}{{% endblock %}}')
    assert [one.code for one in folder.load().problems if one.code == "picture-without-alt"] == (
        ["picture-without-alt"] if told else []
    )


def test_a_script_whose_digest_the_site_puts_into_the_policy_is_let_be(site):
    folder = site(SITE)
    script = '{% extends "base.html" %}{% block main %}<script>{{ code }}</script>{{ hashed("x") }}{% endblock %}'
    folder.write("templates/standing.html", script)
    assert [one for one in folder.load().problems if one.code == "refused-by-policy"] == []


def test_a_whole_text_is_not_shown_but_by_prose(site):
    folder = site(SITE)
    folder.write("pages/one.md", "---\ntitle: One\nupdated: 2026-11-01\n---\n\nText.\n")
    folder.write("templates/standing.html", "{{ view.prose }}")
    (problem,) = check(folder.root, now=NOON).problems
    assert problem.code == "template-error"
    assert problem.message == "only prose(…) can show this text with its links and notes"
    assert problem.hint.startswith("write it like {{ prose(view.prose) }}\n")
    folder.write("templates/standing.html", "{{ view.updated }}")
    (problem,) = check(folder.root, now=NOON).problems
    assert problem.message == "this is a whole Day and no text"
    assert problem.hint.startswith("write a dot and one of its parts behind it: iso or shown\n")


def test_a_macro_that_is_imported_without_context_is_told_to_be(site):
    folder = site(SITE)
    folder.write("templates/parts/own.html", "{% macro card() %}\n{{ href('/') }}\n{% endmacro %}")
    folder.write("templates/home.html", "{% from 'parts/own.html' import card %}{{ card() }}")
    (problem,) = check(folder.root, now=NOON).problems
    assert (problem.at.path, problem.at.line) == ("templates/parts/own.html", 2)
    assert problem.message == '"href" is not known here, since this file is imported without its context'
    assert problem.hint.startswith(
        'write with context where this file is imported: {% from "parts/own.html" import … with context %}'
    )


def test_an_unknown_name_is_found_where_it_stands_and_not_in_the_macro_that_is_given_it(site):
    folder = site(SITE)
    folder.write("templates/parts/own.html", "{% macro card(one) %}\n{{ one.title }}\n{% endmacro %}")
    folder.write("templates/home.html", "{% from 'parts/own.html' import card with context %}\n{{ card(nothing) }}")
    (problem,) = check(folder.root, now=NOON).problems
    assert (problem.at.path, problem.at.line) == ("templates/home.html", 2)
    assert problem.excerpt == "{{ card(nothing) }}"


ONE_ONLY = """\
{% extends "base.html" %}
{% block main %}{{ view.title }}{% if view.title == 'Two' %}{{ 1 / 0 }}{% endif %}{% endblock %}
"""


def test_a_fault_that_shows_on_one_page_names_it(site):
    folder = site(SITE)
    folder.write("pages/one.md", "---\ntitle: One\n---\n\nText.\n")
    folder.write("pages/two.md", "---\ntitle: Two\n---\n\nText.\n")
    folder.write("templates/standing.html", ONE_ONLY)
    (problem,) = check(folder.root, now=NOON).problems
    assert problem.hint.endswith("it fails on the page /two/")
