"""Who and what is known already, so that a row may name an account, a unit or a person as a clerk does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.account import Account
from domain.register import Person, Register, Unit
from registry.columns import PLATFORMS, platform_name
from registry.sheets.catalogue import nearest

_APART = re.compile(r"[\s:：/／\-—·]+")
_ID = re.compile(r"[a-z][a-z0-9_-]*:\S+")


def folded(name: str) -> str:
    """A name without what differs between two writings of it: width, case, blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Accounts, units and people on file. ``is_complete`` is false where no workspace could be asked: then what is
    named is taken as it stands."""

    accounts: tuple[Account, ...] = ()
    units: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    keeps_units: bool = False
    keeps_people: bool = False
    is_complete: bool = True
    _ids: dict[str, str] = field(init=False, default_factory=dict, repr=False)
    _names: dict[str, list[Account]] = field(init=False, default_factory=dict, repr=False)
    _units: dict[str, str] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for account in self.accounts:
            for known in (account.id, *account.aliases):
                self._ids[known] = account.id
            self._names.setdefault(folded(account.name), []).append(account)
        self._units.update({folded(name): name for name in self.units if name})

    @classmethod
    def of(
        cls,
        accounts: Iterable[Account],
        register: Register,
        *,
        bureau: str = "",
        more_units: Iterable[str] = (),
        more_people: Iterable[str] = (),
    ) -> Directory:
        """What is on file, and what a file that is being read brings along."""
        given = tuple(accounts)
        brought_units, brought_people = tuple(more_units), tuple(more_people)
        sponsors = (name for each in given for name in (each.sponsor, each.operator, each.supervisor))
        units = dict.fromkeys((*(each.key for each in register.all(Unit)), *brought_units, bureau, *sponsors))
        return cls(
            accounts=given,
            units=tuple(filter(None, units)),
            people=frozenset((*(each.name for each in register.all(Person)), *brought_people)),
            keeps_units=register.keeps(Unit) or bool(brought_units),
            keeps_people=register.keeps(Person) or bool(brought_people),
        )

    def account(self, written: str) -> str:
        """The id of the account that ``written`` names: an id, a key, ``platform name`` or a name that is the only one.

        Raises ``ValueError`` with a Chinese reason.
        """
        text = unicodedata.normalize("NFKC", written).strip()
        if found := self._ids.get(text):
            return found
        if not self.is_complete:
            if _ID.fullmatch(text):
                return text
            raise ValueError(
                f"账号“{written}”没有写编号；没有工作区可以查对，请在工作区中检查，或写成 weibo:1234567890 的样子"
            )
        named = self._named(written) or self._keyed(text)
        if len(named) == 1:
            return named[0].id
        if named:
            listed = "、".join(f"{platform_name(each.platform)} {each.name}（{each.id}）" for each in named)
            raise ValueError(f"账号“{written}”有 {len(named)} 个：{listed}；请写成“平台 账号名称”或账号编号")
        raise ValueError(self._unknown(written, text))

    def unit(self, written: str) -> str:
        """The unit's name as it is on file. Raises ``ValueError`` where the office keeps units and this is none."""
        found = self._units.get(folded(written))
        if found is not None:
            return found
        if self.keeps_units:
            like = nearest(written, self.units, cutoff=0.4)
            hint = f"，最接近的是“{like}”" if like else ""
            raise ValueError(f"单位“{written}”不在“单位”表中{hint}；请改成单位全称，或先把它登记到“单位”表")
        return written

    def stranger(self, name: str) -> str:
        """What to tell about a person who is not on file; empty where there is nothing to tell."""
        if not name or not self.keeps_people or name in self.people:
            return ""
        like = nearest(name, self.people, cutoff=0.6)
        hint = f"，最接近的是“{like}”" if like else ""
        return f"“{name}”不在“人员”表中{hint}；请核对姓名，或补登记"

    def _named(self, written: str) -> list[Account]:
        exact = self._names.get(folded(written), [])
        if exact:
            return exact
        head, *tail = _APART.split(written.strip(), maxsplit=1)
        if not tail:
            return []
        platform = PLATFORMS.get(head) or PLATFORMS.get(head.upper()) or head.lower()
        same = [each for each in self._names.get(folded(tail[0]), []) if each.platform == platform]
        return same or self._keyed(f"{platform}:{tail[0]}")

    def _keyed(self, text: str) -> list[Account]:
        """Accounts of that id or key: as it is written, else with other capitals."""
        exact = [each for each in self.accounts if text in (each.id, each.key)]
        low = text.casefold()
        return exact or [each for each in self.accounts if low in (each.id.casefold(), each.key.casefold())]

    def _unknown(self, written: str, text: str) -> str:
        known = [*(each.name for each in self.accounts), *(each.id for each in self.accounts)]
        name = _APART.split(text, maxsplit=1)[-1]
        like = nearest(text, known, cutoff=0.6) or nearest(name, known, cutoff=0.6)
        hint = f"，最接近的是“{like}”" if like else ""
        return f"账号“{written}”不在台账中{hint}；请核对写法，新账号请先登记到账号台账"


#: What is used where no workspace could be asked.
NOBODY = Directory(is_complete=False)
