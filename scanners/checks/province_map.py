"""A picture on which many provinces are named, scattered as on a map, without the number of its approval."""

from __future__ import annotations

import re

from scanners.checks.candidate import Candidate, Verdict, reject

_PROVINCES = (
    *(
        "北京",
        "天津",
        "河北",
        "山西",
        "内蒙古",
        "辽宁",
        "吉林",
        "黑龙江",
        "上海",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
    ),
    *(
        "湖北",
        "湖南",
        "广东",
        "广西",
        "海南",
        "重庆",
        "四川",
        "贵州",
        "云南",
        "西藏",
        "陕西",
        "甘肃",
        "青海",
        "宁夏",
        "新疆",
        "台湾",
    ),
)
_NUMBER = re.compile(r"审图号|gs\s?[\u4e00-\u9fff]?\s?[（(〔\[]\s?(?:19|20)\d{2}|国审字")
#: So many names of provinces make a map of the country.
_LEAST = 5
#: Text looked through (code points): more does not stand on a map.
_REACH = 4000
#: On a map a name stands alone; in a list or a sentence others follow after a comma, in a table figures do.
_LISTED = re.compile(r"(?:省|市|自治区|壮族|回族|维吾尔|[\u4e00-\u9fff])?[、，,；;]|\s*\d")


def check(candidate: Candidate) -> Verdict:
    """At least five provinces by name, most of them standing alone, and no number of approval anywhere."""
    text = candidate.whole[:_REACH]
    places = {name: text.find(name) for name in _PROVINCES if name in text}
    if len(places) < _LEAST:
        return reject("省名不到五个")
    if _NUMBER.search(text):
        return reject("图上有审图号")
    listed = sum(_LISTED.match(text, at + len(name)) is not None for name, at in places.items())
    if 2 * listed > len(places):
        return reject("是一句话或一张表")
    return Verdict(ok=True, explanation=f"图片文字里有 {len(places)} 个省级行政区名称，没有审图号；请看图核对")
