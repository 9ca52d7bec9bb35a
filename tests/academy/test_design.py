"""The design system keeps its own promises: contrast, weight, signs beside colours, parts that exist."""

import re
from pathlib import Path

import pytest
import wagtail.admin
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from academy.templatetags import design

STATIC = Path(settings.BASE_DIR) / "academy" / "static" / "academy"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
CSS = STATIC / "css"
READING, TEXT, CONTROL = 7.0, 4.5, 3.0

PAIRS = [
    *[("ink", paper, READING) for paper in ("paper", "paper-raised", "paper-sunk")],
    *[("ink-soft", paper, TEXT) for paper in ("paper", "paper-raised", "paper-sunk")],
    *[("signal", paper, TEXT) for paper in ("paper", "paper-raised")],
    ("on-signal", "signal-fill", TEXT),
    ("paper", "ink", READING),
    *[
        (state, paper, TEXT)
        for state in ("kept", "hidden", "removed", "escalated")
        for paper in ("paper", "paper-raised")
    ],
    *[(state, f"{state}-tint", TEXT) for state in ("kept", "hidden", "removed", "escalated")],
    *[("ink", f"{state}-tint", READING) for state in ("kept", "hidden", "removed", "escalated")],
    *[("edge", paper, CONTROL) for paper in ("paper", "paper-raised")],
    *[("focus", paper, CONTROL) for paper in ("paper", "paper-raised", "paper-sunk")],
    ("ink", "mark", READING),
    ("on-stage", "stage", READING),
]


def tokens(index):
    """Return the colours of tokens.css: 0 by day, 1 by night."""
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (CSS / "tokens.css").read_text())
    return {name: pair[index] for name, *pair in found}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("hour", ["day", "night"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_keep_their_contrast_by_day_and_by_night(hour, front, back, least):
    colours = tokens(["day", "night"].index(hour))
    assert contrast(colours[front], colours[back]) >= least


def test_contrast_is_measured_as_the_guidelines_do():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("own", ["front.css", "reading.css"])
def test_a_page_loads_less_than_40_kb_of_style(own):
    shared = ("tokens.css", "base.css", "layout.css", "components.css", "forms.css", "utilities.css")
    assert sum((CSS / name).stat().st_size for name in (*shared, own)) < 40_000


def test_every_rule_lies_in_a_layer():
    for file in CSS.glob("*.css"):
        outside = re.sub(r"/\*.*?\*/|@font-face \{[^}]*\}|@layer [\w, ]+;", "", file.read_text(), flags=re.S)
        assert re.match(r"\s*@layer \w+ \{", outside), file.name


def test_every_variable_used_is_defined():
    sheets = [file.read_text() for file in Path(settings.BASE_DIR).glob("*/static/*/**/*.css")]
    defined = {name for sheet in sheets for name in re.findall(r"(--[\w-]+)\s*:", sheet)}
    wagtails = Path(wagtail.admin.__file__).parent / "static/wagtailadmin/css/core.css"
    defined |= set(re.findall(r"(--w-[\w-]+)\s*:", wagtails.read_text()))  # the editor's own, for our sheets within it
    used = {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)\)", sheet)}
    assert used - defined == set()


def test_every_icon_asked_for_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    asked = {name for file in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([\w-]+)"', file.read_text())}
    assert asked | {sign for sign, _ in design.STATES.values()} <= drawn


def test_every_fragment_names_its_inputs_first():
    for file in (TEMPLATES / "components").glob("_*.html"):
        assert file.read_text().startswith("{# Inputs:"), file.name


def test_templates_stay_short():
    for file in TEMPLATES.rglob("*.html"):
        assert len(file.read_text().splitlines()) <= 120, file.name


@pytest.mark.parametrize("state", design.STATES)
def test_a_state_is_told_by_a_sign_and_a_word(state):
    html = render('{% include "components/_badge.html" with state=state only %}', state=state)
    assert f"#{design.STATES[state][0]}" in html
    assert str(design.STATES[state][1]) in html


def test_an_unknown_state_shows_its_own_name():
    assert "pending" in render('{% include "components/_badge.html" with state="pending" only %}')


def test_the_same_handle_always_gets_the_same_portrait():
    portrait = "{% load design %}{% avatar handle name %}"
    assert render(portrait, handle="@nadia", name="Nadia B.") == render(portrait, handle="@Nadia", name="Nadia B.")
    assert render(portrait, handle="@nadia", name="N") != render(portrait, handle="@theo", name="N")


def test_a_portrait_escapes_what_a_persona_is_called():
    assert "<b>" not in render("{% load design %}{% avatar handle name %}", handle="@x", name="<b>")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Nadia Belkacem", "NB"),
        ("@promo.flash24", "PF"),
        ("Jean de La Fontaine", "JF"),
        ("", "?"),
        ("🎺", "?"),
        ("élise", "É"),
    ],
)
def test_initials(name, letters):
    assert design.initials(name) == letters


@pytest.mark.parametrize(("fraction", "shown"), [(None, 0), (0, 0), (0.299, 29), (0.999, 99), (1, 100), (1.2, 100)])
def test_a_hundred_per_cent_means_all_of_it(fraction, shown):
    assert design.percent(fraction) == shown


@pytest.mark.parametrize(("minutes", "shown"), [(9, "9"), (59, "59"), (60, "1 h 00"), (125, "2 h 05")])
def test_durations_read_as_one_says_them(minutes, shown):
    assert design.duration(minutes).replace("\xa0", " ").startswith(shown)


def test_a_part_drawn_once_is_another_in_each_language_and_for_each_input():
    links = '{% load design %}{% drawn_once "components/_account_links.html" staff=staff %}'
    english, desk = render(links, staff=False), render(links, staff=True)
    with override("fr"):
        french = render(links, staff=False)
    assert ("/en/learn/notes/" in english, "/fr/learn/notes/" in french) == (True, True)
    assert ("/admin/" in english, "/admin/" in desk) == (False, True)
    assert render(links, staff=False) == english


def test_links_say_where_one_is():
    request = RequestFactory().get("/en/courses/ethics/")
    link = '{% load design %}{% current "/en/courses/" %}|{% current "/en/courses/ethics/" %}|{% current "/en/desk/" %}'
    assert render(link, request=request) == ' aria-current="true"| aria-current="page"|'


class Ask(forms.Form):
    name = forms.CharField(help_text="As on a certificate.")
    reason = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    agree = forms.BooleanField()


def test_a_refused_field_is_tied_to_its_help_and_its_error():
    html = str(Ask({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_choices_stand_under_a_legend_and_a_box_before_its_label():
    html = str(Ask())
    assert "<legend>Reason" in html
    assert html.index('id="id_agree"') < html.index('for="id_agree"')


def render(source, **context):
    return Template(source).render(Context(context))
