"""One crawl in a process of its own: ``python -m pipelines.crawl_child crawl|links|avatars|tokens``, the plan on
standard input.

``crawl`` visits the accounts of one platform, ``links`` follows links of posts, ``avatars`` fetches portraits,
``tokens`` asks how long credentials last. The plan is one line of JSON and
nothing follows it. When the input closes, the parent is gone and this process ends.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from types import TracebackType

from scrapy.core.engine import ExecutionEngine

from crawler.avatars import AvatarPlan, fetch_avatars
from crawler.plan import CrawlPlan
from crawler.resolver.plan import LinkPlan
from crawler.resolver.run import resolve
from crawler.run import crawl
from crawler.tokens import TokenPlan, ask_tokens
from domain.errors import XunjianError
from pipelines.liveness import end_with_stdin

#: Exit codes: all was visited; some items could not be stored or the crawl broke off; it could not even start.
DONE, BROKEN_OFF, NOT_STARTED = 0, 3, 4
#: Loggers whose everyday lines (versions, settings) help nobody.
_CHATTY = ("alembic", "asyncio", "scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.utils.log")
_PIPELINE = "pipelines.ingest.StorePipeline"
#: Anything that may be an ID, a card or a phone number. Logs are read by many; a hidden post key does no harm.
_DIGITS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{15,19}[\dXx]?)(?!\d)")


class DiscreetFormatter(logging.Formatter):
    """Log lines without what they must not hold: exceptions are told by type and place only, for their messages may
    quote a post, and long numbers are blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, discreet."""
        return _DIGITS.sub("***", super().format(record))

    def formatException(  # noqa: N802 (the name is logging's)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Type and places of an exception."""
        kind, _, trace = ei
        name = kind.__name__ if kind is not None else "?"
        frames = (f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace))
        return name + "".join(frames)


def end_promptly() -> None:
    """Let Scrapy look for the end of its work every quarter of a second instead of every five: a quiet night's crawl
    is over in one, and the next stage waits for it."""
    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.25


def set_up_logging() -> None:
    """Everything to standard error, which the parent has turned into the log file."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(DiscreetFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)  # on the handler: Scrapy sets its own loggers to DEBUG later
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or not record.name.startswith(_CHATTY))
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.INFO)


def main() -> int:
    """Read the plan, crawl it, and say by the exit code how that went."""
    job, line = sys.argv[1], sys.stdin.buffer.readline()
    end_with_stdin()
    set_up_logging()
    end_promptly()
    if job == "shots":
        from pipelines import shots_child  # the browser's library is loaded where it is needed only

        return shots_child.run(line)
    try:
        if job == "avatars":
            summary = fetch_avatars(AvatarPlan.from_json(line), _PIPELINE)
        elif job == "tokens":
            summary = ask_tokens(TokenPlan.from_json(line), "pipelines.tokens.TokenPipeline")
        elif job == "links":
            summary = resolve(LinkPlan.from_json(line), _PIPELINE)
        else:
            summary = crawl(CrawlPlan.from_json(line), _PIPELINE)
    except XunjianError:
        logging.exception("the crawl did not start")
        return NOT_STARTED
    return BROKEN_OFF if summary.failed else DONE


if __name__ == "__main__":
    sys.exit(main())
