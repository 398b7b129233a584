"""Numbers of people who do not exist: the one generator of private values for demo, tests and benchmarks.

Each number has the form that a rule looks for and belongs to nobody: ID numbers carry a county code that was never
assigned, mobile numbers four zeros after the prefix, bank cards an issuer number that no bank holds.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

#: Provinces (GB/T 2260) whose county part 99 xx is unassigned.
PROVINCES = ("34", "32", "33", "36", "41", "42")
#: Prefixes that no carrier was ever given.
UNALLOTTED_PREFIXES = ("142", "143", "154", "161", "164")
#: Prefixes that exist; with four zeros behind them they stand for nobody in particular.
ALLOTTED_PREFIXES = ("133", "135", "138", "139", "150", "158", "177", "187", "189", "199")
#: 62 is the association's range; 629999 is held by no bank.
ISSUER = "629999"

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def id_check_character(first17: str) -> str:
    """The last character of an 18-digit ID number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if len(first17) != 17 or not first17.isdigit():
        raise ValueError("an ID number has 17 digits before its check character")
    total = sum(int(digit) * weight for digit, weight in zip(first17, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def luhn_digit(payload: str) -> str:
    """The last digit of a card number (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(payload)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def credit_check_character(first17: str) -> str:
    """The last character of a unified social credit code (GB 32100-2015, weights 3^i mod 31)."""
    total = sum(_CREDIT_ALPHABET.index(mark) * pow(3, place, 31) for place, mark in enumerate(first17))
    return _CREDIT_ALPHABET[-total % 31]


class Identities:
    """A seeded source of fictional numbers. The same seed gives the same numbers in the same order, none twice."""

    def __init__(self, seed: int = 20260618) -> None:
        self._random = random.Random(seed)
        self._given: set[str] = set()

    def id_card(self, *, born: date | None = None, female: bool | None = None, ends_with_x: bool | None = None) -> str:
        """An 18-character ID number with a correct check character; ``ends_with_x`` asks for one with or without X."""
        while True:
            first17 = f"{self._county()}{(born or self._birthday()):%Y%m%d}{self._sequence(female)}"
            number = first17 + id_check_character(first17)
            if (ends_with_x is None or number.endswith("X") == ends_with_x) and self._is_new(number):
                return number

    def id_card_15(self, *, born: date | None = None, female: bool | None = None) -> str:
        """The 15-digit form that was issued until 1999: two digits of the year, no check character."""
        while True:
            day = born or self._birthday(last=1985)
            number = f"{self._county()}{day:%y%m%d}{self._sequence(female)}"
            if self._is_new(number):
                return number

    def masked_id_card(self) -> str:
        """An ID number masked as it should be: three in front, four behind, eleven stars."""
        number = self.id_card()
        return f"{number[:3]}{'*' * 11}{number[-4:]}"

    def mobile(self, *, allotted: bool = True) -> str:
        """An 11-digit mobile number with four zeros after its prefix; ``allotted=False`` takes a prefix nobody has."""
        while True:
            prefix = self._random.choice(ALLOTTED_PREFIXES if allotted else UNALLOTTED_PREFIXES)
            number = f"{prefix}0000{self._digits(4)}"
            if self._is_new(number):
                return number

    def bank_card(self, length: int = 19) -> str:
        """A card number of 16 to 19 digits that passes the Luhn test, on an issuer number that no bank holds."""
        if not 16 <= length <= 19:
            raise ValueError("a card number has 16 to 19 digits")
        while True:
            payload = ISSUER + self._digits(length - len(ISSUER) - 1)
            number = payload + luhn_digit(payload)
            if self._is_new(number):
                return number

    def credit_code(self, kind: str = "52", *, digits_only: bool = False) -> str:
        """A unified social credit code with both check characters right.

        ``kind`` is its first two characters (51 社会团体, 52 社会服务机构, 53 基金会, 11 机关, 12 事业单位).
        Public data, and the hardest look-alike of an ID number with ``digits_only``; such a one never passes the check
        of an ID number.
        """
        while True:
            organisation = self._digits(8)
            remainder = sum(int(d) * w for d, w in zip(organisation, _ORGANISATION_WEIGHTS, strict=True)) % 11
            first17 = f"{kind}{self._county()}{organisation}{'0X987654321'[remainder]}"
            code = first17 + credit_check_character(first17)
            if digits_only and not (code.isdigit() and code[17] != id_check_character(first17)):
                continue
            if self._is_new(code):
                return code

    def order_number(self) -> str:
        """An 18-digit running number built like an ID number, date and all, that fails its check."""
        first17 = f"{self._county()}{self._birthday():%Y%m%d}{self._digits(3)}"
        wrong = [digit for digit in "0123456789" if digit != id_check_character(first17)]
        return first17 + self._random.choice(wrong)

    def _county(self) -> str:
        return f"{self._random.choice(PROVINCES)}99{self._random.randint(1, 20):02d}"

    def _birthday(self, last: int = 2004) -> date:
        first = date(1938, 1, 1)
        return first + timedelta(days=self._random.randrange((date(last, 12, 31) - first).days))

    def _sequence(self, female: bool | None) -> str:
        number = self._random.randint(1, 998)
        if female is not None and (number % 2 == 0) != female:
            number += 1
        return f"{number:03d}"

    def _digits(self, count: int) -> str:
        return "".join(str(self._random.randrange(10)) for _ in range(count))

    def _is_new(self, number: str) -> bool:
        if number in self._given:
            return False
        self._given.add(number)
        return True
