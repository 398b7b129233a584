"""What judgements suggest, what it would change on the posts on file, and what is written into the office's words."""

from __future__ import annotations

import shutil

import lexicons
from domain.case import Decision, Sighting, Verdict
from domain.rule import Severity
from pipelines.triage_proposals import apply_proposal, proposals, weigh
from pipelines.triage_stats import figures
from pipelines.workspace import Workspace
from scanners import rulebook
from store.records import Verdicts
from store.scanning import ScanResult
from tests.store.factories import DAY, NOW, coverage, finding, night, read, registered


def words_of():
    book = rulebook.load(lexicons.load(lexicons.SHIPPED))
    for rule in book.rules:
        name = str(rule.detector.get("list", ""))
        if rule.status.value == "stable" and rule.detector.get("kind") in ("lexicon", "combination") and name:
            for term in book.lexicons[name].terms if name in book.lexicons else ():
                if (term.severity or rule.severity) is Severity.MAJOR and term.fires and not term.signal:
                    return rule, name, term
    raise AssertionError("some shipped word is of the second severity")


def test_a_word_that_is_mostly_wrong(tmp_path):
    made = Workspace.create(tmp_path / "ws", bureau="柳溪市民政局")
    rule, name, term = words_of()
    sentence = f"柳溪市{term.word}路社区活动中心开放"
    with made.open_store() as store:
        registered(store)
        inspection = night(store)
        names = [f"{place:020x}" for place in range(6)]
        texts = [term.fires[0] if place == 5 else sentence for place in range(6)]
        store.put_posts(inspection.id, [read(f"p{n}", title=f"第{n}篇", text=text) for n, text in enumerate(texts)])
        found = [
            finding(each, post_key=f"p{n}", rule=rule.id, term=term.word, masked_term=term.word,
                    sentence=texts[n], masked_sentence=texts[n], severity=Severity.MAJOR)
            for n, each in enumerate(names)
        ]  # fmt: skip
        store.stage(inspection.id, "b", [ScanResult(post_id=f.post_id, revision="r", findings=(f,)) for f in found])
        store.put_coverage(inspection.id, coverage())
        store.conclude(inspection.id, Verdicts(sightings=dict.fromkeys(names, (Sighting.NEW, ""))), NOW)
        store.decide([
            Decision(fingerprint=each, verdict=Verdict.DISMISS if n < 5 else Verdict.CONFIRM, reason="属于正常用语",
                     decided_by="李四", decided_at=NOW + DAY)
            for n, each in enumerate(names)
        ])  # fmt: skip
        (figure,) = figures(store, NOW + DAY, words=True)
        assert (figure.true, figure.false, figure.precision_text) == (1, 5, "16.7%")
        (one, *_) = proposals(made, store, NOW + DAY)
        assert (one.kind, one.lexicon, one.word) == ("exception", name, term.word)
        assert one.value in sentence
        assert term.word in one.value
        effect = weigh(made, store, one)
        assert effect.documents == 6
        assert (effect.removed, effect.added) == (5, 0)
        assert effect.kept >= 1
        assert not list(made.lexicons.glob("*.csv"))  # weighing writes nothing
    path = apply_proposal(made, one, "李四", NOW)
    assert path == made.lexicons / f"{name}.csv"
    own = lexicons.load(lexicons.SHIPPED, made.lexicons).get(name)
    assert own is not None
    assert any(one.value in each.exceptions for each in own.terms if each.word == term.word)
    shutil.rmtree(made.root)
