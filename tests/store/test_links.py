"""Links and what they showed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from domain.link import ResolvedLink, Transport
from domain.outcome import Outcome
from tests.store.factories import NOW

URL = "https://www.liuxi-wenlv.example/baoming?id=349901199001010000"
DAY = timedelta(days=1)


def reading(title: str, days: int = 0, **options) -> ResolvedLink:
    return ResolvedLink(
        url=URL,
        outcome=options.pop("outcome", Outcome.OK),
        status=200,
        final_url=URL,
        resolved_at=NOW + days * DAY,
        domain="liuxi-wenlv.example",
        final_domain="liuxi-wenlv.example",
        transport=Transport.SECURE,
        title=title,
        text=f"{title}的正文",
        content=sha256(title.encode()).hexdigest(),
        capture=f"{days:064}",
        **options,
    )


def test_a_link_comes_back_as_it_was_written(opened):
    opened.put_links([reading("报名")])
    assert opened.links([URL]) == {URL: reading("报名")}
    assert opened.with_history(opened.links([URL]).values()) == {URL: reading("报名")}


def test_earlier_pages_come_newest_first_and_each_once(opened):
    for days, title in enumerate(("甲", "甲", "乙", "丙")):
        opened.put_links([reading(title, days)])
    (link,) = opened.with_history(opened.links([URL]).values()).values()
    assert [(each.title, int(each.capture)) for each in link.earlier] == [("乙", 2), ("甲", 1)]
    oldest = link.earlier[-1]
    assert (oldest.first_at, oldest.last_at) == (NOW, NOW + DAY)


def test_of_many_earlier_pages_the_newest_and_the_oldest_stay(opened):
    for days in range(12):
        opened.put_links([reading(f"第{days}页", days)])
    (link,) = opened.with_history(opened.links([URL]).values()).values()
    assert [each.title for each in link.earlier] == ["第10页", "第9页", "第8页", "第7页", "第6页", "第0页"]
    assert len(opened.link_history(URL)) == 12


def test_what_could_not_be_read_is_no_page(opened):
    opened.put_links([reading("报名")])
    wall = replace(reading("", 1), outcome=Outcome.VERIFY_WALL, title="", text="", content="", capture="")
    opened.put_links([wall, replace(reading("没有了", 2), outcome=Outcome.DELETED)])
    assert [each.title for each in opened.link_history(URL)] == ["报名"]


def test_addresses_and_words_are_sealed(opened, database_url):
    opened.put_links([reading("报名须知")])
    if database_url.startswith("sqlite"):
        path = Path(database_url.removeprefix("sqlite:///"))
        held = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
        assert len(held) > 10_000
        assert "报名须知".encode() not in held
        assert b"349901199001010000" not in held
