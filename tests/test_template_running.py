"""Templates at work say the same as Jinja's own, page after page."""

import traceback
from dataclasses import replace
from functools import partial

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context

from alertgen.load.theme.reading import read_theme
from alertgen.outputs import Page
from alertgen.plan.planners import plan_outputs
from alertgen.render.template_functions import here
from alertgen.render.template_running import PageEnvironment, PageMacro
from alertgen.render.templates import compiled, render_page
from alertgen.store import Store
from browsing import ROOT
from factories import CONCERN, CRISIS, MALI, SUDAN, WAR_CRIMES, alert, image, page, prose, site, situation

LOOK = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
MACROS = """
{% macro mark(text) %}<b>{{ text }}</b>{% endmacro %}
{% macro told(a, b="B&B", c=view) %}{{ a }}|{{ b }}|{{ c }}{% endmacro %}
{% macro catching(a) %}{{ a }} {{ varargs|join(' ') }} {{ kwargs|join }}{% endmacro %}
{% macro around(title) %}[{{ title }}: {{ caller() }}]{% endmacro %}
{% macro link(address) %}<a href="{{ href(address) }}">{{ view }}</a>{% endmacro %}
"""
PARTS = {
    "macros.html": MACROS,
    "nested.html": '{% from "macros.html" import mark, link with context %}'
    "{% macro both(x) %}{{ mark(x) }}{{ link(x) }}{% endmacro %}",
    "setting.html": "{% set seen = view %}{% macro remembered() %}{{ seen }}{% endmacro %}",
    "on_setting.html": '{% from "setting.html" import remembered with context %}'
    "{% macro passed_on() %}{{ remembered() }}{% endmacro %}",
    "on_both.html": '{% from "macros.html" import mark with context %}'
    '{% from "on_setting.html" import passed_on with context %}'
    "{% macro deep() %}{{ mark(passed_on()) }}{% endmacro %}",
    "choosing.html": "{% if page == 1 %}{% macro chosen() %}one{% endmacro %}"
    "{% else %}{% macro chosen() %}two{% endmacro %}{% endif %}",
    "speaking.html": "I am on {{ view }}. {% macro quiet() %}{% endmacro %}",
    "hiding.html": "{% macro view() %}hidden{% endmacro %}",
    "borrowing.html": "{% macro borrowed() %}{{ mark(view) }}{% endmacro %}",
    "base.html": '{% from "macros.html" import mark with context %}'
    "<{% block a %}{{ mark(view) }}{% endblock %}{% block b %}{% endblock %}>",
}
CASES = {
    "by_position": "{{ mark('<') }}{{ told(1) }}{{ told(1, 2) }}{{ told(1, 2, 3) }}{{ told(b=1, a='<') }}",
    "in_expressions": "{{ mark('<') ~ '<' ~ view }}{{ mark('<')|upper }}{{ mark(mark('<')) }}{{ mark('<')|length }}",
    "catching": "{{ catching(1, 2, x=3) }}{{ catching(1) }}",
    "around": "{% call around('<') %}{{ view }}<{% endcall %}",
    "values": "{{ 1 }}{{ 'a' if page == 1 }}{{ '<b>'|safe }}{{ view|safe }}{{ '\"' ~ view }}{{ [view]|join }}",
    "missing_argument": "{{ told() is defined }}",
    "too_many": "{{ mark(1, 2) }}",
    "unknown_argument": "{{ mark(nobody=1) }}",
    "unknown_name": "{{ nobody }}",
    "unknown_call": "{{ nobody(1) }}",
    "unknown_field": "{{ view.nothing }}",
    "unknown_macro": '{% from "macros.html" import nobody with context %}{{ nobody() }}',
    "functions": "{{ href('/a/') }}{{ href('/<') }}{{ context_of('x') }}{{ spaced(1, b=2) }}",
    "in_loop": "{% for x in [1, 2] %}{% set y = x %}{{ context_of('y') }}{{ mark(context_of('y')) }}{% endfor %}",
    "in_block": "{% block main %}{% set y = view %}{{ context_of('y') }}{{ mark(y) }}{% endblock %}",
    "loop_variables": "{% for x in 'abc' %}{{ mark(loop.index) }}{{ ', ' if not loop.last else '' }}{% endfor %}",
    "recursion": "{% for x in [1, [2]] recursive %}{{ loop(x) if x is iterable else mark(x) }}{% endfor %}",
    "escaping_off": "{% autoescape false %}{{ mark('<') }}{{ view }}<{% endautoescape %}{{ mark('<') }}",
    "escaping_off_outside": "{% autoescape false %}{% block c %}{{ mark('<') }}{% endblock %}{% endautoescape %}",
    "own_macro": "{% macro own(x) %}{{ mark(x) }}{{ view }}{% endmacro %}{{ own('<') }}"
    '{% from "borrowing.html" import borrowed with context %}{{ borrowed() }}',
    "nested": '{% from "nested.html" import both with context %}{{ both("/a") }}',
    "setting": '{% from "setting.html" import remembered, seen with context %}{{ remembered() }}{{ seen }}',
    "on_setting": '{% from "on_setting.html" import passed_on with context %}{{ passed_on() }}',
    "on_both": '{% from "on_both.html" import deep with context %}{{ deep() }}',
    "after_setting": '{% from "setting.html" import remembered with context %}'
    '{% from "nested.html" import both with context %}{{ both("/a") }}{{ remembered() }}',
    "choosing": '{% from "choosing.html" import chosen with context %}{{ chosen() }}',
    "speaking": '{% import "speaking.html" as speaking with context %}{{ speaking }}'
    '{% from "nested.html" import both with context %}{{ both("/a") }}',
    "whole_module": '{% import "macros.html" as all with context %}{{ all.mark(1) }}{{ all.told(1) }}',
    "hiding": '{% from "hiding.html" import view with context %}{{ view() }}'
    '{% from "borrowing.html" import borrowed with context %}{{ borrowed is defined }}',
    "hidden": '{% set view = "other" %}{% from "borrowing.html" import borrowed with context %}{{ borrowed() }}',
    "borrowing": '{% from "borrowing.html" import borrowed with context %}{{ borrowed() }}',
    "without_context": '{% from "macros.html" import mark as plain, link as lost %}{{ plain(view) }}{{ lost("/") }}',
    "within_a_loop": '{% for x in [1, 2] %}{% from "borrowing.html" import borrowed with context %}'
    "{{ borrowed() }}{% endfor %}",
    "on_one_page": '{% if page == 1 %}{% from "nested.html" import both with context %}{{ both("/a") }}{% endif %}',
    "by_another_name": '{% set name = "nested.html" %}{% from name import both with context %}{{ both("/a") }}',
    "included": '{% for view in ["in", "cluded"] %}{% include "including.html" %}{% endfor %}',
    "methods": "{{ view.upper() }}{{ view.replace('p', '<') }}{{ 'a,b'.split(',')|join('<') }}{{ mark(view.title()) }}",
    "fields_of_tables": "{% set table = {'key': '<', 'items': 1} %}{{ table.key }}{{ table.items is callable }}",
    "doubted_fields": "{{ view.nothing is defined }}{{ view.nothing|default('<') }}{{ view.nothing.more is undefined }}"
    "{{ view.upper is defined }}{{ (view.nothing, 1)|length }}",
    "fields_doubted_later": "{% set found = view.nothing %}{{ found is defined }}{{ found|default('<') }}",
    "fields_by_words_of_python": "{{ view.class is defined }}{% set x = {'if': 1, 'ﬁ': 2} %}{{ x.if }}{{ x.ﬁ }}",
    "other_than_macros": "{% for mark in [view.upper] %}{{ mark() }}{% endfor %}{% set own = mark %}{{ own('<') }}"
    '{% from "setting.html" import seen with context %}{{ seen.upper() }}{{ seen("x") }}',
    "macros_that_catch": "{{ catching() }}{{ catching('<', 2, 3) }}{{ told('<')|upper }}{{ around(1) }}",
    "unknown_method": "{{ view.nothing() }}",
    "functions_of_pages": "{{ href('<') }}{{ href(href('/a/')) }}{{ mark(href('<')) }}{{ href() is defined }}",
    "function_by_name": "{{ href(*['<']) }}{{ href(address='<') is defined }}",
    "hidden_function": "{% macro href(x) %}<i>{{ x }}</i>{% endmacro %}{{ href('<') }}{{ href('<') ~ '<' }}",
    "lent_function": "{{ link('<') }}{% macro lent(href) %}{{ href(1) }}{% endmacro %}{{ lent(mark) }}",
    "choices": "{{ 'a<' if page == 1 }}|{{ mark('a' if page == 1) }}|{{ ('a' if page == 1) is defined }}",
    "no_choice": "{{ ('a' if page == 1) ~ '!' }}|{{ (1 if page == 1) + 1 }}",
    "numbers": "{{ 1 }}{{ true }}{{ 1.5 }}{{ page }}{{ mark(page) }}{{ none }}{{ ('<' ~ view)|safe }}",
    "in_pieces": "a{% if page == 1 %}b{{ view }}{% endif %}{% include 'including.html' %}c{% block d %}d{{ 1 }}"
    "{% endblock %}e{% filter upper %}x{{ view }}{% endfilter %}{% set y %}z{{ view }}{% endset %}{{ y }}",
    "extending_at_times": "a{% if page == 1 %}{% extends 'base.html' %}{% endif %}"
    "b{% block b %}c{{ view }}{% endblock %}",
    "extending": '{% extends "base.html" %}{% from "nested.html" import both with context %}'
    "{% block b %}{{ both('/a') }}{{ super() }}{% endblock %}",
}  # fmt: skip
FIRST = '{% from "macros.html" import mark, told, catching, around, link with context %}'
INCLUDING = '{% from "borrowing.html" import borrowed with context %}{{ borrowed() }}{{ view }}'


def sources() -> dict[str, str]:
    cases = {name: text if "extends" in text else FIRST + text for name, text in CASES.items()}
    return {**PARTS, "including.html": INCLUDING, **cases}


def page_of(number: int) -> dict[str, object]:
    return {"page": number, "view": f"page <{number}>", "href": partial("../{}{}".format, number)}


def spaced(a: object, *, b: object) -> str:
    return f"{a} {b}"


def with_functions(environment: Environment) -> Environment:
    environment.globals.update(spaced=spaced, context_of=pass_context(lambda context, name: context.get(name, "none")))
    return environment


def outcome(render) -> str:
    try:
        return render()
    except Exception as error:  # noqa: BLE001 - whatever Jinja raises must be raised here, too
        return f"{type(error).__name__}: {error}"


def test_templates_say_what_they_say_in_jinja_on_one_page_after_the_other():
    ours = with_functions(PageEnvironment({"href": str.format}, loader=DictLoader(sources()), **LOOK))
    for name in CASES:
        for number in (1, 2, 1, 3):
            theirs = with_functions(Environment(autoescape=True, loader=DictLoader(sources()), **LOOK))
            expected = outcome(lambda: theirs.get_template(name).render(page_of(number)))  # noqa: B023
            assert outcome(lambda: ours.render(name, page_of(number))) == expected, (name, number)  # noqa: B023


def test_a_module_of_macros_is_made_once_for_all_pages():
    made = []

    class Counted(PageMacro):
        def __init__(self, *values):
            super().__init__(*values)
            made.append(self.name)

    environment = PageEnvironment({}, loader=DictLoader(sources()), **LOOK)
    environment.Macro = Counted
    environment.render("extending", page_of(1))
    for number in range(5):
        assert made.count("both") == 1
        assert made.count("mark") == 2  # it is imported where other names are seen
        environment.render("extending", page_of(number))


def test_what_is_made_for_one_page_is_not_kept():
    environment = PageEnvironment({}, loader=DictLoader(sources()), **LOOK)
    for number in range(5):
        for name in ("setting", "on_setting", "on_both", "after_setting", "choosing", "speaking"):
            environment.render(name, page_of(number))
    assert max(map(len, environment._seen.values())) <= 4


def test_the_line_of_a_fault_in_a_macro_is_found():
    parts = {
        "a": '{% from "b" import x with context %}\n{{ x() }}',
        "b": "{% macro x() %}\n\n{{ view.no }}{% endmacro %}",
    }
    environment = PageEnvironment({}, loader=DictLoader(parts), **LOOK)
    for number in range(2):
        with pytest.raises(UndefinedError) as caught:
            environment.render("a", page_of(number))
        frames = traceback.extract_tb(caught.value.__traceback__)
        assert [frame.lineno for frame in frames if frame.filename == "<template>"][-2:] == [2, 3]


def test_every_page_is_the_one_that_jinja_makes():
    theme, _ = read_theme(ROOT / "nowhere")
    body = prose("x", '<p><img src="alertgen:image/0" alt="A"></p><p>See <img src="alertgen:image/0" alt="A">.</p>')
    rich = {"picture": image(), "images": (image(),), "authors": ("A & B",), "corrections": (("2021-02-01", "Wrong."),)}
    whole = site(
        alert("2021-01-27", situation("Villages <burnt>", MALI, level=CRISIS, tags=(WAR_CRIMES,)), stem="a", **rich),
        alert(
            "2021-02-03", replace(situation("B", SUDAN, MALI, level=CONCERN), prose=body), images=(image(),), stem="b"
        ),
        alert("2021-02-03", situation("ج", SUDAN), stem="b", lang="ar"),
        page("about"),
    )
    planned = plan_outputs(replace(whole, theme=theme))
    environment, _ = compiled(theme, Store(None))
    pages = [output for output in planned.outputs if isinstance(output, Page)]
    assert {found.template for found in pages} >= {"alert.html", "archive.html", "country.html", "home.html"}
    jinja = Environment(autoescape=True, loader=environment.loader, **LOOK)
    for found in pages * 2:
        assert render_page(environment, found).decode() == _by_jinja(jinja, environment.functions, found)
    assert not environment._doubtful, "templates of our own theme take more for granted than there is"


def _by_jinja(jinja, functions, page: Page) -> str:
    at = here(page, lambda name: jinja.get_template(name).make_module(values))
    called = {name: partial(function, at) for name, function in functions.items()}
    values = {"page": page, "view": page.view, "head": page.head, "chrome": page.chrome, **called}
    return jinja.get_template(page.template).render(values)
