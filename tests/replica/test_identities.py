"""The fictional numbers have the form of real ones and belong to nobody."""

from __future__ import annotations

from datetime import date

import pytest

from replica.identities import (
    ALLOTTED_PREFIXES,
    UNALLOTTED_PREFIXES,
    Identities,
    credit_check_character,
    id_check_character,
    luhn_digit,
)


def test_check_characters_of_published_examples():
    # the worked example of GB 11643-1999, the usual example of ISO/IEC 7812-1, and one of GB 32100-2015
    assert id_check_character("11010519491231002") == "X"
    assert luhn_digit("7992739871") == "3"
    assert credit_check_character("91350100M000100Y4") == "3"


def test_id_numbers_pass_their_check_and_sit_in_no_county():
    source = Identities(1)
    for _ in range(200):
        number = source.id_card()
        assert number[17] == id_check_character(number[:17])
        assert number[2:4] == "99"
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def test_id_numbers_on_demand():
    source = Identities(2)
    assert source.id_card(ends_with_x=True).endswith("X")
    assert source.id_card(ends_with_x=False).isdigit()
    assert int(source.id_card(female=True)[16]) % 2 == 0
    assert int(source.id_card(female=False)[16]) % 2 == 1
    assert source.id_card(born=date(1990, 2, 3))[6:14] == "19900203"


def test_the_old_form_has_fifteen_digits_and_a_date():
    number = Identities(3).id_card_15(born=date(1962, 11, 5))
    assert len(number) == 15 and number.isdigit()
    assert number[2:4] == "99" and number[6:12] == "621105"


def test_a_masked_number_shows_three_and_four():
    masked = Identities(3).masked_id_card()
    assert len(masked) == 18 and masked.count("*") == 11 and "*" not in masked[:3] + masked[-4:]


def test_cards_pass_luhn():
    source = Identities(4)
    for length in (16, 17, 18, 19):
        number = source.bank_card(length)
        assert len(number) == length and number.startswith("62")
        assert luhn_digit(number[:-1]) == number[-1]
    with pytest.raises(ValueError, match="16 to 19"):
        source.bank_card(12)


def test_mobiles_are_recognisably_fictional():
    source = Identities(5)
    assert all(source.mobile()[:3] in ALLOTTED_PREFIXES for _ in range(20))
    assert all(source.mobile(allotted=False)[:3] in UNALLOTTED_PREFIXES for _ in range(20))
    assert source.mobile()[3:7] == "0000"


def test_look_alikes_fail_the_check_of_an_id_number():
    source = Identities(6)
    for _ in range(200):
        number = source.order_number()
        assert len(number) == 18 and number.isdigit()
        assert number[17] != id_check_character(number[:17])
    code = source.credit_code("51", digits_only=True)
    assert code.isdigit() and code[17] != id_check_character(code[:17])
    assert code[17] == credit_check_character(code[:17])


def test_the_seed_decides_and_nothing_comes_twice():
    first, second = Identities(7), Identities(7)
    assert [first.id_card() for _ in range(5)] == [second.id_card() for _ in range(5)]
    numbers = [first.mobile() for _ in range(500)]
    assert len(set(numbers)) == len(numbers)
