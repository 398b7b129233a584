"""Scrapy settings that hold for every crawl. What depends on the plan is added by ``crawler.run.build_settings``."""

from __future__ import annotations

BOT_NAME = "xunjian"
SPIDER_MODULES = ["crawler.platforms"]

# Nothing may be reachable from outside while a crawl runs (both default to on, and one of them executes code).
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {
    "http": "crawler.handlers.Outbound",
    "https": "crawler.handlers.Outbound",
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.redirects.WallRedirectMiddleware": 600,
}

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "xunjian"
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
REDIRECT_MAX_TIMES = 5
REFERRER_POLICY = "no-referrer"

DOWNLOAD_TIMEOUT = 30
DOWNLOAD_DELAY = 1.0
RANDOMIZE_DOWNLOAD_DELAY = True  # between half and one and a half of it: nobody is knocked at like clockwork
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 2
# A full-weight WeChat page has 4 MB; nothing that is read here has more than 64.
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024

# Refusals (429, 418, 432) are never repeated: they are a request to stop.
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

LOG_LEVEL = "INFO"
LOG_INSTALL_ROOT_HANDLER = False  # the child process decides where its log goes
# The whole list, not additions to Scrapy's own: what is switched off would be imported all the same.
EXTENSIONS_BASE = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
}
