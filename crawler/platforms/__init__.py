"""The platforms. The folder is the registry: a package with ``page.py`` and ``spider.py`` is a platform."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from crawler.base import AccountSpider


@cache
def names() -> tuple[str, ...]:
    """Names of all platforms, sorted. The folder is looked into once: this is asked for every page that is read."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


@cache
def _module(platform: str, name: str) -> ModuleType:
    if platform not in names():
        raise ValueError(f"平台名“{platform}”不认识；可用的平台：{'、'.join(names())}")
    return importlib.import_module(f"{__name__}.{platform}.{name}")


def page_module(platform: str) -> ModuleType:
    """The module whose ``read`` reads that platform's replies. Raises ``ValueError`` for an unknown platform."""
    return _module(platform, "page")


def spider_class(platform: str) -> type[AccountSpider]:
    """The spider that walks that platform. Raises ``ValueError`` for an unknown platform."""
    from crawler.base import AccountSpider  # the base knows the registry: imported late

    module = _module(platform, "spider")
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, AccountSpider) and value.platform == platform:
            return value
    raise ValueError(f"平台“{platform}”的 spider.py 里没有 platform = '{platform}' 的爬虫类")
