import pytest

from courses.blocks import MarkdownBlock, MarkdownText
from courses.markdown import RENDERER_VERSION, render, render_inline


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        '<a href="data:text/html,x">x</a>',
        '<p style="position:fixed">x</p>',
        "<iframe src=//evil.example></iframe>",
        '<svg onload="alert(1)">',
    ],
)
def test_nothing_that_runs_passes(attack):
    html = render(f"before {attack} after")
    for trace in ("<script", "onerror", "javascript:", "data:", "style=", "<iframe", "<svg", "<img", "onload"):
        assert trace not in html
    assert "before" in html


def test_a_page_keeps_one_top_heading():
    assert render("# A\n\n## B") == "<h2>A</h2>\n<h2>B</h2>"


def test_tables_and_lists_come_through():
    html = render("| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n2. y")
    assert "<table>" in html
    assert "<ol>" in html


def test_inline_text_has_no_paragraph_around_it():
    assert render_inline("**a** b") == "<strong>a</strong> b"


def test_viewing_renders_nothing_that_was_saved():
    stored = {"source": "**a**", "html": "<p>kept as saved</p>", "version": RENDERER_VERSION}
    assert MarkdownBlock().to_python(stored).html == "<p>kept as saved</p>"


def test_text_of_an_older_renderer_is_rendered_again():
    stored = {"source": "**a**", "html": "<p>old</p>", "version": 0}
    assert MarkdownBlock().to_python(stored).html == "<p><strong>a</strong></p>"


def test_a_block_survives_form_and_storage():
    block = MarkdownBlock()
    value = block.value_from_form("**a**\r\n\r\nb")
    assert value == MarkdownText.from_source("**a**\n\nb")
    assert block.to_python(block.get_prep_value(value)) == value
    assert block.value_for_form(value) == "**a**\n\nb"
