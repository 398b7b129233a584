"""Where the articles and files of a website lie, and which lie at an address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from replica.site_pages import hanweb, trs
from replica.world import World, WorldAccount, WorldFile, WorldPost

_DISCLOSED = "public-"


def article_path(entry: WorldAccount, post: WorldPost) -> str:
    """The path of an article, or of a disclosure document."""
    if entry.traits.get("cms") == "trs":
        return trs.article_path(post)
    if entry.traits.get("cms") == "hanweb":
        return hanweb.article_path(post)
    if is_disclosed(post):
        return f"/public/{organ_of(entry)}/{post.key.removeprefix(_DISCLOSED)}.html"
    return f"/lm/{post.traits.get('column', '1')}/{post.key}.html"


def is_disclosed(post: WorldPost) -> bool:
    """True for a document of the disclosure list, which no column shows."""
    return post.key.startswith(_DISCLOSED)


def organ_of(entry: WorldAccount) -> str:
    """The number under which the site keeps the unit's disclosure list."""
    return entry.traits.get("organ_id", "6796200")


def site_of(entry: WorldAccount) -> str:
    """The number of the site itself."""
    return entry.traits.get("site_id", "6795600")


def file_path(post: WorldPost, file: WorldFile) -> str:
    """The path of an attachment: the store's own key, and nothing left of the name but its ending."""
    digest = hashlib.sha256(f"{post.id}/{file.name}".encode()).hexdigest()
    ending = file.name.rpartition(".")[2]
    return f"/group1/M00/{digest[:2].upper()}/{digest[2:4].upper()}/wKg{digest[4:26]}.{ending}"


@lru_cache(maxsize=8)
def articles(world: World) -> Mapping[tuple[str, str], tuple[WorldAccount, WorldPost]]:
    """Every article of every website by host and path; withdrawn ones are gone."""
    return {
        (entry.account.key, article_path(entry, post)): (entry, post)
        for entry in world.of_platform("website")
        for post in world.posts_of(entry.account.id)
        if not post.withdrawn
    }


@lru_cache(maxsize=8)
def attachments(world: World) -> Mapping[tuple[str, str], WorldFile]:
    """Every attachment by host and path."""
    return {
        (entry.account.key, file_path(post, file)): file
        for entry, post in articles(world).values()
        for file in post.files
    }
