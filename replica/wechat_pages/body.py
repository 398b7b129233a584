"""The body of an article: nested sections, lazy images, tables, cards and the editors' leftovers."""

from __future__ import annotations

import hashlib
from html import escape

from replica.wechat_pages.addresses import biz_of
from replica.world import WorldAccount, WorldPost

_SECTION = 'style="box-sizing: border-box;font-size: 16px;color: rgb(62, 62, 62);line-height: 1.75;"'


def body_html(entry: WorldAccount, post: WorldPost) -> str:
    """What stands inside ``#js_content``: to a reader the paragraphs, one a line, then the links that are in none."""
    links = list(post.links)
    blocks: list[str] = []
    for number, paragraph in enumerate(post.paragraphs):
        blocks.append(_table(paragraph) if "\t" in paragraph else _paragraph(paragraph, links))
        if number < len(post.images):
            blocks.append(image_html(post.images[number]))
    blocks.extend(image_html(address) for address in post.images[len(post.paragraphs) :])
    blocks.extend(f"<p>{_leaf(_anchor(text, url))}</p>" for text, url in links)
    if post.traits.get("audio"):
        blocks.append(_audio(entry, post.traits["audio"], post.key))
    if post.traits.get("video"):
        blocks.append(_video(post.traits["video"]))
    if post.traits.get("profile_card"):
        blocks.append(_profile_card(entry))
    if post.traits.get("mini_program"):
        blocks.append(_program_card(*post.traits["mini_program"].split("|")))
    if post.traits.get("channels_card"):
        blocks.append(_channels_card(*post.traits["channels_card"].split("|")))
    marker = '<p style="display: none;"><mp-style-type data-value="3"></mp-style-type></p>'
    return f'<section data-pm-slice="0 0 []" {_SECTION}>{"".join(blocks)}</section>{marker}'


def image_html(address: str) -> str:
    """A lazy image: ``data-src`` only."""
    key = hashlib.sha256(address.encode()).hexdigest()
    kind = "png" if "png" in address else "jpeg"
    return (
        f'<section style="text-align: center;" nodeleaf=""><img class="rich_pages wxw-img" data-aistatus="1" '
        f'data-imgfileid="{int(key[:8], 16)}" data-ratio="0.6666666666666666" data-s="300,640" data-type="{kind}" '
        f'data-w="1080" style="height: auto !important;" data-src="{escape(address)}" alt="图片"></section>'
    )


def short_markup(post: WorldPost) -> str:
    """The text of a picture or text post that holds links: anchors and line breaks, and no other markup."""
    links = list(post.links)
    lines = [_linked(paragraph, links) for paragraph in post.paragraphs]
    return "<br>".join((*lines, *(_anchor(text, url) for text, url in links)))


def _paragraph(text: str, links: list[tuple[str, str]]) -> str:
    inner = _leaf(_linked(text, links))
    return f'<section {_SECTION}><section><p style="white-space: normal;">{inner}</p></section></section>'


def _linked(text: str, links: list[tuple[str, str]]) -> str:
    """``text`` as markup, with each of ``links`` whose text it holds put in, and taken out of the list."""
    pieces: list[tuple[str, str]] = [(text, "")]  # what is shown, and where it leads
    for shown, url in list(links):
        for place, (piece, target) in enumerate(pieces):
            if shown and not target and shown in piece:
                before, _, behind = piece.partition(shown)
                pieces[place : place + 1] = [(before, ""), (shown, url), (behind, "")]
                links.remove((shown, url))
                break
    return "".join(_anchor(*piece) if piece[1] else escape(piece[0], quote=False) for piece in pieces).replace(
        "\n", "<br>"
    )


def _leaf(inner: str) -> str:
    return f'<span style="letter-spacing: 1px;"><span leaf="">{inner}</span></span>'


def _anchor(text: str, url: str) -> str:
    return f'<a href="{escape(url)}" target="_blank" data-linktype="2">{escape(text, quote=False)}</a>'


def _table(text: str) -> str:
    rows = "".join(
        "<tr>" + "".join(f'<td data-colwidth="120">{_leaf(escape(cell))}</td>' for cell in line.split("\t")) + "</tr>"
        for line in text.split("\n")
    )
    return f'<section {_SECTION}><table style="width: 100%;"><tbody>{rows}</tbody></table></section>'


def _audio(entry: WorldAccount, title: str, key: str) -> str:
    """A voice card. Its title stands in attributes only; the element has no text."""
    return (
        f'<section><mp-common-mpaudio class="js_editor_audio res_iframe js_uneditable custom_select_card" '
        f'data-pluginname="insertaudio" name="{escape(title)}" author="{escape(entry.account.name)}" '
        f'src="/cgi-bin/readtemplate?t=tmpl/audio_tmpl&amp;play_length=66" isaac2="1" low_size="134.25" '
        f'source_size="134.3" high_size="516.98" play_length="66000" data-trans_state="1" data-verify_state="3" '
        f'voice_encode_fileid="{escape(key)}" cover=""></mp-common-mpaudio></section>'
    )


def _video(video_id: str) -> str:
    address = f"https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&auto=0&vid={video_id}"
    return (
        f'<section><iframe class="video_iframe rich_pages" data-vidtype="2" data-mpvid="{escape(video_id)}" '
        f'data-ratio="1.7777777777777777" data-w="1280" data-src="{escape(address)}"></iframe></section>'
    )


def _profile_card(entry: WorldAccount) -> str:
    account = entry.account
    return (
        f'<section class="mp_profile_iframe_wrp"><mp-common-profile class="js_uneditable mp_profile_iframe" '
        f'data-pluginname="mpprofile" data-id="{biz_of(account)}" data-nickname="{escape(account.name)}" '
        f'data-alias="{escape(account.attributes.get("alias", ""))}" data-signature="{escape(entry.description)}" '
        f'data-from="0" data-is_biz_ban="0" data-service_type="1" data-verify_status="2"></mp-common-profile></section>'
    )


def _program_card(appid: str, path: str, title: str) -> str:
    return (
        f'<section><mp-miniprogram class="miniprogram_element" data-miniprogram-appid="{escape(appid)}" '
        f'data-miniprogram-path="{escape(path)}" data-miniprogram-nickname="柳溪办事" '
        f'data-miniprogram-title="{escape(title)}" data-miniprogram-type="card"></mp-miniprogram></section>'
    )


def _channels_card(name: str, words: str) -> str:
    return (
        f'<section><mp-common-videosnap class="js_uneditable channels_iframe" data-pluginname="videosnap" '
        f'data-id="export/replica" data-nickname="{escape(name)}" data-desc="{escape(words)}" data-type="video">'
        f"</mp-common-videosnap></section>"
    )
