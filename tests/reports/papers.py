"""Papers of a fictional bureau for tests of their layout."""

from __future__ import annotations

from datetime import date

from reports.documents.content import Annex, Grid, Heading, Official, Paragraph

BUREAU = "柳溪市民政局办公室"
#: One line of 28 characters is 28 of these.
FULL = "国"


def long_paper(characters: int = 3000, **values) -> Official:
    """A circular whose text fills pages to the last character."""
    given = {
        "title": (BUREAU, "关于2026年第三季度", "全局政务新媒体", "检查情况的通报"),
        "to": "机关各科室、局属各单位",
        "body": (
            Paragraph("现将有关情况通报如下："),
            Heading(1, "一、总体情况"),
            Paragraph(FULL * characters),
            Heading(2, "（一）更新不及时（3个）"),
            Heading(3, "1. 柳溪民政"),
            Paragraph("至检查时20日未更新。"),
        ),
        "signer": BUREAU,
        "on": date(2026, 10, 9),
        "number": "柳民办〔2026〕8号",
        "annexes": (
            Annex(("存在问题的政务新媒体名单",), (hundred(),)),
            Annex(("整改情况统计表",), (hundred(3),), landscape=False),
        ),
        "note": "联系人：周八",
        "copies": "市政府办公室",
        "printer": BUREAU,
    }
    return Official(**{**given, **values})


def hundred(rows: int = 100) -> Grid:
    """A table that runs over pages."""
    told = "出现完整身份证号349************017"
    lines = tuple((str(n), f"柳溪民政{n}", f"https://mzj.liuxi.example/{n}", told) for n in range(1, rows + 1))
    return Grid(("序号", "名称", "链接", "问题"), lines, (1, 3, 5, 6))
