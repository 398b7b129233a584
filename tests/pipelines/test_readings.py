"""How the office reads what the regulation leaves open: every threshold is told; the office's own is marked."""

from __future__ import annotations

from dataclasses import fields, replace

from domain.norms import Norms
from pipelines import readings


def test_every_threshold_is_told():
    assert {each.name for each in fields(Norms)} == set(readings._TOLD)


def test_the_recommended_reading_is_nobodys_own():
    lines = readings.readings(readings.changed(Norms()))
    assert not [line for line in lines if line.is_own]
    told = {line.label: line.value for line in lines}
    assert told["“每周更新”"] == "滚动 7×24 小时"
    assert told["备案事项批准后报市主管单位"] == "3 个工作日内，批准当日不计"
    assert "微信公众号" in told["只能开设一个账号的平台"]
    assert told["功能相近"] == "相同标题占 80% 以上"


def test_what_the_office_changed_is_marked():
    own = replace(Norms(), week="natural", harmful_hours=1, duty_words=("救灾",))
    assert readings.changed(own) == {"week": "natural", "harmful_hours": 1, "duty_words": ["救灾"]}
    found = {line.label: line for line in readings.readings(readings.changed(own)) if line.is_own}
    assert found["“每周更新”"].value == "自然周（周一至周日）"
    assert found["“第一时间”处理有害信息"].value == "1 小时内"
    assert found["本局补充的职能用语"].value == "救灾"


def test_a_field_of_another_version_is_passed_over():
    assert readings.readings({"no_longer": 3})
