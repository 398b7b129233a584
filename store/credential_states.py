"""What is known of the life of credentials, and which of it has been told. No value of a credential is ever here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from store.engine import Database
from store.schema import credential_alerts, credential_states
from store.upsert import upsert


class CredentialStates(Database):
    """Token expiries as the platform told them, and alerts."""

    def put_token_expiry(self, key: str, kind: str, expires_at: datetime | None, refusal: str, at: datetime) -> None:
        """File what the platform said of a token."""
        row = {"key": key, "kind": kind, "expires_at": expires_at, "refusal": refusal, "checked_at": at}
        with self.writing() as connection:
            upsert(connection, credential_states, [row])

    def token_states(self) -> dict[str, tuple[datetime | None, str, datetime]]:
        """By key: expiry, refusal, when it was asked for."""
        with self.reading() as connection:
            rows = connection.execute(select(credential_states)).all()
        return {row.key: (row.expires_at, row.refusal, row.checked_at) for row in rows}

    def forget_token(self, key: str) -> None:
        """A credential that was replaced or removed has a new life: what was known of it and told of it is void."""
        with self.writing() as connection:
            connection.execute(delete(credential_states).where(credential_states.c.key == key))
            connection.execute(delete(credential_alerts).where(credential_alerts.c.key == key))

    def alert_once(self, causes: Iterable[tuple[str, str]], inspection_id: str, at: datetime) -> frozenset[str]:
        """Note that this inspection tells these ``(key, cause)`` pairs; returns the keys that no earlier one has told.
        Taken up again, the same inspection tells the same."""
        told: set[str] = set()
        with self.writing() as connection:
            for key, cause in causes:
                row = {"key": key, "cause": cause, "inspection_id": inspection_id, "alerted_at": at}
                upsert(connection, credential_alerts, [row], keep=("inspection_id", "alerted_at"))
                first = connection.scalar(
                    select(credential_alerts.c.inspection_id).where(
                        credential_alerts.c.key == key, credential_alerts.c.cause == cause
                    )
                )
                if first == inspection_id:
                    told.add(key)
        return frozenset(told)

    def clear_alert(self, key: str, cause: str) -> None:
        """What was refused works again: should it be refused once more, that is told again."""
        with self.writing() as connection:
            connection.execute(
                delete(credential_alerts).where(credential_alerts.c.key == key, credential_alerts.c.cause == cause)
            )

    def alerts_of(self, inspection_id: str) -> frozenset[str]:
        """The keys that this inspection was the first to tell."""
        query = select(credential_alerts.c.key).where(credential_alerts.c.inspection_id == inspection_id)
        with self.reading() as connection:
            return frozenset(connection.scalars(query))
