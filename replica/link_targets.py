"""Pages of other people that posts link to, and what becomes of them as the world's clock goes on."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from replica.request import Reply, html_reply, redirect

_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body>{body}<script>document.title = "从不执行";</script></body></html>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTarget:
    """What lies behind one link.

    ``forward`` is where it sends its visitor on (by HTTP; with ``by_page`` by a ``<meta>`` of the page). From ``until``
    on, on the world's clock, ``then`` lies there instead: a domain that ran out, a site that was broken into.
    """

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    forward: str = ""
    by_page: bool = False
    status: int = 200
    until: datetime | None = None
    then: LinkTarget | None = None

    def at(self, now: datetime) -> LinkTarget:
        """What lies there at ``now``."""
        if self.then is not None and self.until is not None and now >= self.until:
            return self.then.at(now)
        return self

    def reply(self, now: datetime) -> Reply:
        """The answer at ``now``. A minute stands in it that changes with every visit, as on real pages."""
        shown = self.at(now)
        if shown.forward and not shown.by_page:
            return redirect(shown.forward)
        refresh = f'<meta http-equiv="refresh" content="0;url={html.escape(shown.forward)}">' if shown.forward else ""
        body = "".join(f"<p>{html.escape(text)}</p>" for text in shown.paragraphs)
        page = _PAGE.format(title=html.escape(shown.title), head=refresh, body=f"<!-- {now:%H:%M} -->{body}")
        return html_reply(page, shown.status)


def target_of(targets: Mapping[str, LinkTarget], url: str) -> LinkTarget | None:
    """The target at ``url``, compared without scheme."""
    bare = url.partition("://")[2]
    return next((target for known, target in targets.items() if known.partition("://")[2] == bare), None)


#: Pages to put behind links. All names are invented.
EVENT = LinkTarget(
    title="柳溪市银龄合唱节报名",
    paragraphs=("合唱节面向全市老年团队报名。", "报名截止后由组委会统一抽签，赛程另行公布。"),
)
GAMBLING = LinkTarget(
    title="澳门赌场官网_真人荷官在线发牌",
    paragraphs=("澳门赌场线上开户，真人荷官在线发牌。", "注册即送彩金，首充有礼，存取秒到账。"),
)
WARNING = LinkTarget(
    title="反诈提醒：网上赌场是怎样骗人的",
    paragraphs=(
        "有人在群里发“澳门赌场”链接，说真人荷官在线发牌。",
        "民警提醒：这些都是骗局，被骗后立即报警。",
    ),
)
PARKED = LinkTarget(title="domain parking", paragraphs=("您访问的域名正在出售，有意者请联系域名持有人。",))
QUESTIONNAIRE = LinkTarget(
    title="适老化改造意向登记", paragraphs=("请如实填写", "1. 姓名", "2. 身份证号码", "3. 家庭住址", "提交")
)
SHOP_FRONT = LinkTarget(title="精品茶具专营", paragraphs=("茶壶、茶杯、茶盘，欢迎选购。",))
