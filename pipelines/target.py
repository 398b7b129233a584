"""Where a crawl process puts what it catches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """Where a crawl process stores what it catches: travels through the plan, which means nothing by it."""

    database: str
    key_path: str
    evidence: str
    inspection_id: str
    name: str

    def to_plan(self) -> dict[str, str]:
        """As the plan carries it."""
        return {
            "database": self.database,
            "key_path": self.key_path,
            "evidence": self.evidence,
            "inspection_id": self.inspection_id,
            "name": self.name,
        }
