"""The page in a real browser: filters, search, nothing refused by its own policy, nothing asked of the network."""

from __future__ import annotations

import os
import shutil

import pytest

from reports import formats

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no browser on this machine"),
]


@pytest.fixture
def page(tmp_path, crowded):
    path = tmp_path / "report.html"
    path.write_bytes(formats.render(crowded, "html"))
    arguments = ["--disable-gpu"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        opened = browser.new_page()
        opened.problems = []
        opened.requested = []
        opened.on("console", lambda message: opened.problems.append(message.text))
        opened.on("pageerror", lambda error: opened.problems.append(str(error)))
        opened.on("request", lambda request: opened.requested.append(request.url))
        opened.goto(path.as_uri())
        yield opened
        browser.close()


def _shown(page):
    return page.locator("article.finding:visible").count()


def test_filters_and_search_narrow_what_is_shown(page, crowded):
    total = len(crowded.current)
    assert _shown(page) == total
    account = crowded.current[0].account_id
    page.select_option("#by-account", account)
    assert _shown(page) == len(crowded.of_account(account))
    page.click("button[type=reset]")
    assert _shown(page) == total
    page.select_option("#by-severity", "veto")
    assert _shown(page) == sum(finding.severity.value == "veto" for finding in crowded.current)
    page.select_option("#by-rule", "freshness-two-week-silence")
    assert _shown(page) == 1
    assert f"筛选后显示 1 个，共 {total} 个问题" in page.inner_text("#shown")
    page.click("button[type=reset]")
    page.fill("#by-text", "限时抢购 选购")
    assert _shown(page) == 1
    page.fill("#by-text", "没有这样的字")
    assert _shown(page) == 0
    assert page.is_visible("#nothing")


def test_policy_refuses_nothing_of_the_page_and_nothing_is_fetched(page):
    assert page.problems == []
    assert [url for url in page.requested if not url.startswith("file:")] == []


def test_narrow_window_needs_no_sideways_scrolling(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_printing_shows_what_was_folded_away_and_hides_the_controls(page, crowded):
    page.evaluate("document.querySelectorAll('details.account').forEach(one => { one.open = false; })")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert _shown(page) == len(crowded.current)
    assert not page.is_visible("#by-text")
