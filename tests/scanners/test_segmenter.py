"""Word boundaries are those of the library, whichever way they are found."""

from __future__ import annotations

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners import dictionary
from scanners.segmenter import Segmenter

SEGMENTER = Segmenter(["巡检点"])
PIECES = st.sampled_from(
    [
        *"中国特色社会主义养老服务的和是在人民政府乡村振兴第一aZ09+-. \t\r\n，。！、“”（）龘\ue000\U00020000",
        "柳溪市民政局",
        "巡检点",
        "\r\n",
        "2026",
        "APP",
        "国务院办公厅",
    ]
)


@pytest.fixture(scope="module")
def library() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    tokenizer.add_word("巡检点", freq=1)
    return tokenizer


@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_dictionary_s_words_are_cut_as_the_library_cuts_them(library, text):
    at = 0
    expected = []
    for token in library.cut(text, HMM=False):
        expected.append((at, at + len(token)))
        at += len(token)
    assert list(SEGMENTER._known_words(text)) == expected


def test_a_word_must_begin_and_end_where_words_do():
    text = "当地发生踩踏事故"
    assert SEGMENTER.is_word(text, 4, 6)
    assert not SEGMENTER.is_word(text, 3, 5)


def test_frequencies_are_the_library_s(library):
    assert SEGMENTER.frequency("人民") == library.FREQ["人民"]
    assert SEGMENTER.frequency("柳溪市民") == 0


@pytest.mark.parametrize("word", ["人民", "的", "中华人", "柳溪市民", "", "\n", "一\n丁", "龙江县"])
def test_one_word_is_looked_up_as_in_the_table(word):
    known = dictionary.dictionary()
    fresh = dictionary.Dictionary("\n\n".join((known._words[1:-1], known._counts, str(known.total))))
    assert fresh.uses(word) == known.table.get(word)


def test_the_dictionary_in_the_cache_is_the_library_s(library, monkeypatch, tmp_path):
    monkeypatch.setenv("XUNJIAN_CACHE", str(tmp_path))
    for _ in range(2):
        dictionary.dictionary.cache_clear()
        tokenizer = Segmenter(["巡检点"])._loaded()
        assert all(tokenizer.FREQ.get(word) == uses for word, uses in library.FREQ.items())
        assert len(dictionary.dictionary().table) + len(tokenizer.FREQ._above) == len(library.FREQ)
        assert tokenizer.total == library.total
    assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o600]
