"""The one database and the evidence archive. Nothing outside this folder knows SQLAlchemy."""

from store.opening import Store
from store.opening import open_store as open

__all__ = ["Store", "open"]
