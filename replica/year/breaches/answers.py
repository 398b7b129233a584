"""第七、九条: readers who are not answered, and ways in that do not work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from domain.link import ResolvedLink, Transport
from domain.outcome import Outcome
from domain.register import Enquiry, Interaction
from replica.year.breaches.stage import Stage
from replica.year.desk import at


def seed_enquiries(stage: Stage) -> None:
    """One nobody answers over 清明, one answered on the sixth working day, one complex one after three months."""
    for received, first, key in (
        (stage.day(4, 2), stage.day(4, 9), "q1"),  # 4 月 4—6 日放假：3、7、8 日为三个工作日
        (stage.day(9, 29), stage.day(10, 11), "q2"),  # 国庆 1—7 日放假，10 日（周六）上班：30、8、9 日之后
    ):
        account = stage.account("wechat")
        stage.year.put(received, Enquiry(key=key, account=account.id, is_simple=True, received_at=at(received, 10)))
        first = first if key == "q1" else stage.day(10, 10)
        stage.expect(first, "R53", "interaction-enquiry-unanswered", account.id)
    account = stage.account("weibo")
    received = stage.day(3, 2)
    enquiry = Enquiry(key="q3", account=account.id, is_simple=False, received_at=at(received, 10))
    stage.year.put(received, enquiry)
    answered = replace(enquiry, answered_at=at(stage.day(6, 3), 9))
    stage.year.put(stage.day(6, 4), answered)
    stage.expect(stage.day(6, 3), "R53", "interaction-enquiry-unanswered", account.id)
    stage.expect(stage.day(6, 4), "R53", "interaction-enquiry-answered-late", account.id)


def seed_entries(stage: Stage) -> None:
    """An entry that answers 404, one that a person found broken, one that nobody tried for a month."""
    account = stage.account("wechat", "weibo")
    url = f"{account.home_url.rstrip('/')}/message"
    for day, outcome in ((stage.day(5, 6), Outcome.DELETED), (stage.day(5, 20), Outcome.OK)):
        stage.year.on(day).links.append(
            ResolvedLink(url=url, outcome=outcome, status=404 if outcome is Outcome.DELETED else 200, final_url=url,
                         transport=Transport.SECURE)
        )  # fmt: skip
    stage.expect(stage.day(5, 6), "R53a", "interaction-entry-dead", account.id)

    account = stage.account("wechat", "weibo")
    since, until = stage.day(7, 1), stage.day(7, 25)
    tested = _next_test(stage, account.id, since)
    stage.change_record(
        Interaction, account.id, lambda record: replace(record, works=False), since=tested, until=tested + timedelta(1)
    )
    stage.expect(tested, "R53a", "interaction-test-failed", account.id)

    account = stage.account("wechat", "weibo")
    last = _next_test(stage, account.id, stage.day(8, 1))
    stage.remove_records(Interaction.kind, account.id, last + timedelta(1), last + timedelta(60))
    stage.expect(last + timedelta(31), "R53a", "interaction-test-stale", account.id)
    assert until > since


def _next_test(stage: Stage, account_id: str, since: date) -> date:
    """The first day from ``since`` on which the account's entry is tried."""
    return min(
        day
        for day, content in stage.year.days.items()
        if day >= since and any(r.kind == Interaction.kind and r.key == account_id for r in content.records)
    )
