"""Which browser to drive, and how it is started."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from crawler.plan import ReplicaAddress

#: Environment variable that names the browser to use.
VARIABLE = "XUNJIAN_BROWSER"
#: Scrapy setting: pages after which the browser is exchanged for a fresh one.
PAGES_SETTING = "XUNJIAN_BROWSER_PAGES"
#: Pages of one browser where nothing else is said.
PAGES = 100
#: ``request.meta`` key: the window a navigation belongs to.
WINDOW = "xunjian_window"
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--no-pings",
    "--disable-dev-shm-usage",  # small in containers, where a full one kills the renderer
    "--js-flags=--max-old-space-size=512",  # MB for the scripts of one page; a page that wants more is broken
)
#: Hosts the browser calls on its own account at every start. It has no business there: we read the bureau's accounts.
_SILENCED = (
    "accounts.google.com",
    "update.googleapis.com",
    "clients2.google.com",
    "optimizationguide-pa.googleapis.com",
)


def find_browser() -> str:
    """Path of the browser to drive: the one named by the environment, one on the path, Playwright's own, or ``""``.

    A name in the environment that leads nowhere gives ``""``: somebody chose, and the choice is wrong.
    """
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return shutil.which(named) or ""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    return _own_browser()


def _own_browser() -> str:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return ""
    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error:
        return ""
    return path if Path(path).is_file() else ""


def browser_ready(path: str) -> bool:
    """True when ``path`` is a browser and the library that drives it is installed."""
    if not path:
        return False
    try:
        import scrapy_playwright  # noqa: F401
    except ImportError:
        return False
    return True


def launch_arguments(replica: ReplicaAddress | None) -> list[str]:
    """Arguments of the browser. With a replica every host resolves to it and its certificate's key is trusted."""
    arguments = list(_ARGUMENTS)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to start its sandbox as root
    rules = [f"MAP {host} ~NOTFOUND" for host in _SILENCED]
    if replica is not None:
        rules.append(f"MAP * {replica.host}:{replica.tls_port}")
    arguments.append(f"--host-resolver-rules={','.join(rules)}")
    if replica is not None:
        arguments.append(f"--ignore-certificate-errors-spki-list={replica.spki}")
    return arguments


def browser_settings(path: str, replica: ReplicaAddress | None) -> dict[str, Any]:
    """Scrapy settings that put the browser behind https. One scheme only: two would start two drivers."""
    return {
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.handlers.Outbound",
            "https": "crawler.browser_handler.BrowserHandler",
        },
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": path,
            "headless": True,
            "args": launch_arguments(replica),
            "timeout": 30_000,
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
        PAGES_SETTING: PAGES,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": 30_000,
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,  # the page's own requests keep the browser's headers
    }


def browser_meta(account_id: str, user_agent: str) -> dict[str, Any]:
    """``request.meta`` that sends a request through the browser, in a context of its own for each account."""
    return {
        "playwright": True,
        "playwright_context": account_id,
        "playwright_context_kwargs": {
            "user_agent": user_agent,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "service_workers": "block",  # they would answer in the page's place, unheard
            "accept_downloads": False,
        },
    }
