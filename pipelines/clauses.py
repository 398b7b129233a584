"""The clauses that rules cite, as ``docs/clauses.toml`` has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from domain.errors import DataError, system_reason
from domain.toml import toml_problem
from reports.model import Clause

#: The application runs from its checkout.
PATH = Path(__file__).resolve().parent.parent / "docs" / "clauses.toml"


@lru_cache(maxsize=4)
def load(path: Path = PATH) -> Mapping[str, Clause]:
    """Every clause by key. Raises ``DataError`` for a file that is missing or not TOML."""
    try:
        with path.open("rb") as file:
            body = tomllib.load(file)
    except OSError as error:
        raise DataError(str(path), f"读不出条款表（{system_reason(error)}）；请核对程序目录是否完整") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(str(path), f"不是正确的 TOML：{toml_problem(error)}") from error
    except UnicodeDecodeError as error:
        raise DataError(str(path), "不是 UTF-8 编码；请另存为 UTF-8") from error
    table = body.get("clause", {})
    return {
        key: Clause(
            key=key,
            document=str(entry.get("document", "")),
            article=str(entry.get("article", "")),
            text=str(entry.get("text", "")).strip(),
            confirmed=bool(entry.get("confirmed", False)),
        )
        for key, entry in table.items()
        if isinstance(entry, dict)
    }
