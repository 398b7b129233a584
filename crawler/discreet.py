"""Log lines without credentials: libraries name the address they asked, and at that point it holds the real token."""

from __future__ import annotations

import logging

from crawler.fetched import strip_url

#: Loggers that may tell of a request after the credentials were filled in.
_TALKATIVE = (
    "scrapy.core.downloader.handlers._base_streaming",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.engine",
    "scrapy.core.scraper",
    "scrapy.downloadermiddlewares.redirect",
    "scrapy.downloadermiddlewares.retry",
)


class Discreet(logging.Filter):
    """Masks the values of credential parameters in whatever is logged; drops nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite ``record`` where it holds a credential."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # a broken call to the log: logging itself tells of it
            return True
        masked = strip_url(message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True


_DISCREET = Discreet()


def keep_discreet() -> None:
    """Put the filter before those loggers; again does nothing."""
    for name in _TALKATIVE:
        logging.getLogger(name).addFilter(_DISCREET)
