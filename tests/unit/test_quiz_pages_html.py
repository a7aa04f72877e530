"""The page of a report in HTML: sound, safe, of one file, and readable."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from support.reports import HOSTILE, hostile, line, sat, slipped, text

from studytui.deck.blocks import Block, Span
from studytui.quiz_pages import as_html

# -- HTML -------------------------------------------------------------------------------------------------------------


class Strict(HTMLParser):
    """Reads a page and keeps what it is made of; what is left open or closed twice is an error."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.handle_startendtag(tag, attrs)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *each) for each in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read_html(page):
    parser = Strict()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    ET.fromstring(page)
    return parser


def test_html_needs_no_other_file_and_no_script(paper):
    report = sat(paper, {"spread": "jam"}, number=3)
    page = as_html(slipped(report), [line(report, 2, -1, 3)])
    read = read_html(page)
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & set(read.tags)
    references = [value for _, name, value in read.attributes if name in {"href", "src", "action", "srcset"}]
    assert references
    assert all(value.startswith("#") for value in references)
    assert "url(" not in page
    assert "@import" not in page
    ids = {value for _, name, value in read.attributes if name == "id"}
    assert {value.removeprefix("#") for value in references} <= ids


def test_in_html_no_text_becomes_markup(paper):
    report = sat(paper, {"spread": HOSTILE})
    plain, bad = read_html(as_html(report)), read_html(as_html(hostile(report), [line(report, 2, -1, 3)]))
    assert set(bad.tags) <= {
        *plain.tags,
        "ul",
        "li",
        "strong",
        "em",
        "code",
        "mark",
        "span",
        "figure",
        "figcaption",
        "text",
    }
    assert "".join(bad.text).count('<script>alert("1")</script>') > 10
    assert "\x1b" not in "".join(bad.text)
    assert not [each for each in bad.attributes if each[1].startswith("on")]


def test_html_says_its_language_and_marks_what_is_korean(paper):
    first, *rest = sat(paper).questions
    report = replace(sat(paper), questions=(replace(first, prompt=text("패딩은 왜 쓰는가?")), *rest))
    tree = ET.fromstring(as_html(report))
    assert tree.get("lang") == "en"
    assert [each.get("class") for each in tree.iter("div") if each.get("lang") == "ko"] == ["prompt"]


def test_html_headings_go_down_one_by_one_and_cells_of_headings_have_a_scope(paper):
    tree = ET.fromstring(as_html(slipped(sat(paper))))
    levels = [int(each.tag[1]) for each in tree.iter() if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert all(each.get("scope") in {"row", "col"} for each in tree.iter("th"))


def test_html_prints_no_question_over_two_pages(paper):
    style = ET.fromstring(as_html(sat(paper))).findtext("head/style")
    printed = style.partition("@media print")[2]
    assert re.search(r"\.question[^{}]*\{ break-inside: avoid", printed)


def test_html_lists_are_nested_and_tables_put_together(paper):
    explanation = (
        Block("number", (Span("one"),), 0, "1."), Block("bullet", (Span("inside"),), 1),
        Block("number", (Span("two"),), 0, "2."), Block("paragraph", (Span("below two"),), 1),
        Block("head", cells=((Span("a"),),)), Block("row", cells=((Span("b"),),)),
    )  # fmt: skip
    first, *rest = sat(paper).questions
    report = replace(sat(paper), questions=(replace(first, explanation=explanation), *rest))
    worked = next(each for each in ET.fromstring(as_html(report)).iter("div") if each.get("class") == "worked")
    first_item, second_item = worked.findall("ol/li")
    assert (first_item.get("value"), first_item.findtext("ul/li")) == ("1", "inside")
    assert second_item.findtext("p") == "below two"
    assert worked.findtext("div/table/thead/tr/th") == "a"
    assert worked.findtext("div/table/tbody/tr/td") == "b"


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1, 2])
def test_text_stands_out_from_the_page_in_light_dark_and_print(paper, theme):
    style = ET.fromstring(as_html(sat(paper))).findtext("head/style")
    colours = [dict(re.findall(r"--(\w+): (#\w+)", block)) for block in re.findall(r":root \{([^}]*)\}", style)][theme]
    full = {
        name: value if len(value) == 7 else "#" + "".join(2 * each for each in value[1:])
        for name, value in colours.items()
    }
    for ground in ("paper", "soft"):
        for ink in ("ink", "muted", "accent", "right", "wrong", "close"):
            light, dark = sorted((_luminance(full[ground]), _luminance(full[ink])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ground, ink)
