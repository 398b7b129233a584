"""Films, sound and subtitles."""

from __future__ import annotations

import pytest

from extractors.driver import extract_here
from extractors.film import reading as film
from extractors.formats.subtitle import cues
from extractors.formats.video import SPEECH
from extractors.model import Context
from tests.fixtures.drawing import films, needs, pictures

ID = "349901199001011231"


def _frame(*lines: str):
    needs.films()
    return pictures.page(list(lines), size=36, width=800)


def test_each_new_frame_is_read_once_with_its_time():
    data = films.film([_frame("第一幕"), _frame("第二幕", ID), _frame("第二幕", ID)], seconds=1)
    found = extract_here(data, "a.mkv", field="body")
    told = [(segment.locator, segment.text) for segment in found.segments]
    assert told == [("画面 00:00:00", "第一幕"), ("画面 00:00:01", f"第二幕\n{ID}")]


def test_subtitle_tracks_and_tags():
    data = films.film([_frame("甲")], subtitles=[(0.5, "<i>程某</i>")], tags={"location": "+31.7512+116.5012/"})
    told = {segment.locator: segment for segment in extract_here(data, "a.mkv", field="body").segments}
    assert told["字幕 00:00:00"].text == "程某"
    assert told["拍摄位置"].text == "照片记录的拍摄位置：北纬31.75120度，东经116.50120度"
    assert told["拍摄位置"].hidden


def test_very_many_different_frames_are_thinned_out_evenly():
    sheets = [_frame(f"第{number}幕", "内容" * (number % 9 + 1)) for number in range(60)]
    opened = film.open_film(films.film(sheets, seconds=0.1), Context(name="a.mkv", field="body"))
    with opened.container:
        kept = opened.frames()
    assert 10 <= len(kept) <= film.MOST_SHOWN
    assert kept[-1][0] >= "00:00:04"
    assert "均匀选取" in opened.notes[0]


def test_speech_is_told_as_not_looked_into():
    av = pytest.importorskip("av", reason="av is not installed (extra docs)")
    import io

    import numpy

    out = io.BytesIO()
    with av.open(out, "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(numpy.zeros((1, 8000), numpy.int16), format="s16", layout="mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
    found = extract_here(out.getvalue(), "录音.wav", field="attachment:1")
    assert [(part.part, part.reason) for part in found.unexamined] == [("录音.wav!声音", SPEECH)]


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.mp3"])
def test_what_is_no_film_is_told_in_one_sentence(name):
    pytest.importorskip("av", reason="av is not installed (extra docs)")
    data = b"\x1aE\xdf\xa3" + b"junk" * 100 if name == "a.mkv" else b"\x00\x00\x00\x20ftypisom" + b"junk" * 100
    found = extract_here(data, name, field="body")
    assert not found.segments
    assert len(found.unexamined) == 1
    assert "损坏" in found.unexamined[0].reason


def test_without_the_library_the_remedy_is_told(monkeypatch):
    monkeypatch.setattr("extractors.film.reading.find_spec", lambda name: None)
    found = extract_here(b"\x00\x00\x00\x20ftypisom" + b"x" * 100, "a.mp4", field="body")
    assert "'.[docs]'" in found.unexamined[0].reason


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\n<b>甲</b>\n乙\n\n2\n00:00:03,500 --> 00:00:04,000\n丙\n",
         [("00:00:01", "甲\n乙", False), ("00:00:03", "丙", False)]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000 line:0\n甲\n", [("00:01", "甲", False)]),
        ("Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,{\\b1}甲,乙\\N丙\n", [("0:00:01.00", "甲,乙\n丙", False)]),
        ("Comment: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,甲\n", [("0:00:01.00", "甲", True)]),
        ("[00:12.50]甲\n[00:13.00]\n", [("00:12.50", "甲", False), ("00:13.00", "", False)]),
    ],
)  # fmt: skip
def test_lines_of_subtitle_files(text, told):
    assert list(cues(text)) == told
