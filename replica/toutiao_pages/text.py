"""The text of an item as HTML, as plain text, and as the abstract of the list."""

from __future__ import annotations

from html import escape

from replica.world import WorldPost

_ABSTRACT = 80


def plain(post: WorldPost) -> str:
    """The whole text."""
    return "\n".join(post.paragraphs)


def abstract(post: WorldPost) -> str:
    """The beginning of the text, as the list has it."""
    return plain(post).replace("\n", " ")[:_ABSTRACT]


def body_html(post: WorldPost) -> str:
    """The text in paragraphs, with its links and pictures."""
    waiting = dict(post.links)
    blocks = []
    for paragraph in post.paragraphs:
        shown = escape(paragraph)
        for text in [text for text in waiting if text in paragraph]:
            anchor = f'<a href="{escape(waiting.pop(text))}" target="_blank">{escape(text)}</a>'
            shown = shown.replace(escape(text), anchor, 1)
        blocks.append(f"<p>{shown}</p>")
    blocks += [f'<p><a href="{escape(url)}">{escape(text)}</a></p>' for text, url in waiting.items()]
    blocks += [f'<div class="pgc-img"><img src="{escape(image)}"></div>' for image in post.images]
    return "".join(blocks)
