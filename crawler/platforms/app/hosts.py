"""Does the app's own service speak IPv6? 第四条: 移动客户端须全面支持IPv6.

What the register declares is judged: ``hosts`` and ``download_url`` among the account's attributes, and a home page of
its own. The hosts from which stores hand out the file are the stores'; they are told, not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from crawler.names import Names
from domain.account import Account
from domain.coverage import Attempt
from domain.outcome import Outcome

#: Route under which the check is told, and the code by which a rule knows it.
ROUTE, CODE = "ipv6", "no-ipv6"
#: Hosts of stores: where an app is offered, not where it works.
_STORES = ("apple.com", "qq.com", "myapp.com", "huawei.com", "hicloud.com", "dbankcloud.cn", "dbankcloud.com", "mi.com",
           "oppomobile.com", "vivo.com.cn", "so.com", "gtimg.com")  # fmt: skip
_SPLIT = re.compile(r"[\s,，、;；|]+")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+")


def declared_hosts(account: Account) -> tuple[str, ...]:
    """The hosts that the register names as the app's own, each once."""
    attributes = account.attributes
    written = [*_SPLIT.split(attributes.get("hosts", "")), attributes.get("download_url", ""), account.home_url]
    hosts = (host for text in written if (host := host_of(text)) and not is_store(host))
    return tuple(dict.fromkeys(hosts))


def host_of(text: str) -> str:
    """The host in an address, or the host itself; empty where it is none."""
    try:
        host = (urlsplit(text if "://" in text else f"https://{text}").hostname or "").lower()
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""


def is_store(host: str) -> bool:
    """True for a host of an app store."""
    return any(host == store or host.endswith(f".{store}") for store in _STORES)


async def check(names: Names, hosts: Iterable[str]) -> tuple[dict[str, str], Attempt | None]:
    """By host ``yes``, ``no`` or ``unknown``, and what is to be told of it (``None``: there was nothing to check)."""
    found: dict[str, str] = {}
    for host in hosts:
        answer = await names.addresses(host)
        found[host] = ("yes" if answer.v6 else "no") if answer.known else "unknown"
    if not found:
        return found, None
    without = [host for host, state in found.items() if state == "no"]
    unknown = [host for host, state in found.items() if state == "unknown"]
    asked = f"核查域名 {len(found)} 个"
    if without:
        detail = f"{'、'.join(without)} 没有 AAAA 记录；{asked}"
        return found, Attempt(ROUTE, Outcome.OK, detail, code=CODE)
    if unknown:
        return found, Attempt(
            ROUTE, Outcome.NETWORK, f"{'、'.join(unknown)} 没有解析出来，不作结论；请核对台账中的域名和本机网络"
        )
    return found, Attempt(ROUTE, Outcome.OK, f"都有 AAAA 记录；{asked}")
