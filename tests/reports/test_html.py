"""The page stands alone, runs nothing but its own script, and says what must be said."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from domain.outcome import Outcome
from reports import formats, labels
from reports.formats.html import web_address

LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "style"}


class _Page(HTMLParser):
    """Collects tags with their attributes and the text of each element of interest."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.marked: list[str] = []
        self._stack: list[str] = []
        self.feed(body.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._stack.append(tag)

    def handle_endtag(self, tag):
        while self._stack and self._stack.pop() != tag:
            pass

    def handle_data(self, data):
        if self._stack and self._stack[-1] == "mark":
            self.marked.append(data)
        if not self._stack or self._stack[-1] not in ("style", "script"):
            self.text.append(data)


def test_page_loads_nothing_from_outside(situation):
    page = _Page(formats.render(situation[1], "html"))
    assert {tag for tag, _ in page.tags} & {
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "base",
    } == set()
    assert [attrs for _, attrs in page.tags if LOADING & attrs.keys()] == []
    css = formats.render(situation[1], "html").decode().split("<style>")[1].split("</style>")[0]
    assert "url(" not in css
    assert "@import" not in css


def test_policy_admits_only_the_style_and_script_of_the_page(crowded):
    body = formats.render(crowded, "html").decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', body)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (source,) = re.findall(f"<{tag}>(.*?)</{tag}>", body, re.S)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_text_of_a_post_never_becomes_markup_or_a_script_link(crowded):
    body = formats.render(crowded, "html").decode()
    assert "<b>限时抢购" not in body
    assert "<script>alert" not in body
    assert 'href="javascript:' not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/x", "http://[::1", "", "a"]
)
def test_only_web_addresses_become_links(address):
    assert web_address(address) == ""


def test_hit_is_marked_in_its_masked_sentence(crowded):
    assert "349************017" in _Page(formats.render(crowded, "html")).marked


def test_every_reach_outcome_is_told_with_reason_and_remedy(blocked):
    text = "".join(_Page(formats.render(blocked, "html")).text)
    for outcome in Outcome:
        if outcome.is_reach:
            assert labels.REASON[outcome] in text
            assert labels.REMEDY[outcome] in text
    assert "不能得出结论" in text
    assert "没有载入本单位敏感词库" in text


def test_unconfirmed_clause_is_marked(crowded):
    text = "".join(_Page(formats.render(crowded, "html")).text)
    assert re.search(r"单项否决：内容不更新\s*依据待核", text)
    assert not re.search(r"第十一条第（三）项\s*依据待核", text)


def test_filters_offer_what_was_found(crowded):
    page = _Page(formats.render(crowded, "html"))
    values = {attrs["value"] for tag, attrs in page.tags if tag == "option" and attrs.get("value")}
    shown = {finding.rule_id for finding in crowded.current}
    assert {finding.account_id for finding in crowded.current} <= values
    assert shown <= values
    assert {finding.severity.value for finding in crowded.current} <= values
    articles = [attrs for tag, attrs in page.tags if tag == "article"]
    assert len(articles) == len(crowded.current)
    assert {attrs["data-rule"] for attrs in articles} == shown
