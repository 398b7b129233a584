"""Fingerprints. They survive a re-crawl and an edit elsewhere in the post, and change when the sentence changes."""

from __future__ import annotations

import hashlib
import re

#: Version of the recipe; a new recipe needs a migration that re-keys decisions.
VERSION = "1"
_SPACE = re.compile(r"\s+")


def fingerprint(
    rule_id: str, account_id: str, post_key: str, term: str, sentence: str, *, installation_key: bytes, redact: bool
) -> str:
    """Twenty hex digits for one finding.

    ``term`` and ``sentence`` come folded. Where the rule redacts, both enter only through a hash keyed with the
    installation's key: an ID number has too little entropy to be hashed in the open, and a mask would merge people.
    An account rule puts its episode (``newest:2026-03-01``) in place of the sentence.
    """
    term = _SPACE.sub("", term)
    sentence = _SPACE.sub("", sentence)
    if redact:
        term = _keyed(term, installation_key)
        sentence = _keyed(sentence, installation_key)
    parts = "\x1f".join((VERSION, rule_id, account_id, post_key, term, sentence))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _keyed(value: str, key: bytes) -> str:
    return hashlib.blake2b(value.encode("utf-8", "surrogatepass"), key=key[:64], digest_size=16).hexdigest()
