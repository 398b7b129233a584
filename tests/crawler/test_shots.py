"""Pictures of captured pages: nothing leaves the machine, nothing private is in the page, the place is marked."""

from __future__ import annotations

import io
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from PIL import Image

from crawler.browser import browser_ready, find_browser
from crawler.shots import HEIGHT, WIDTH, ShotTask, photographer, prepare

NUMBER = "349901199003070015"
PAGE = """<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={host}/refresh">
<title>公示</title><link rel="stylesheet" href="{host}/style.css"><script>document.title="ran"</script></head>
<body onload="fetch('{host}/load')"><div id="js_content" style="visibility: hidden; opacity: 0">
<p>经审核，<b>程明明</b>（身份证号34990<span>1199003</span>070015）符合条件。</p>
<p>咨询电话 139 0000 1234。</p><img src="{host}/a.png" alt="{number}"><input value="{number}">
<iframe src="{host}/frame"></iframe><div style="background:url({host}/bg.png)">末尾</div></div>{more}</body></html>"""
SENTENCE = f"经审核，程明明（身份证号{NUMBER}）符合条件。"


def task(more: str = "", host: str = "http://127.0.0.1:9", **values) -> ShotTask:
    body = PAGE.format(host=host, number=NUMBER, more=more).encode()
    given = {"marks": (SENTENCE,), "hidden": (NUMBER, "程明明"), "heading": "取证截图", "content_type": "text/html"}
    return ShotTask(url="https://mp.weixin.qq.com/s/x", body=body, **{**given, **values})


def test_private_values_are_not_in_what_the_browser_gets():
    source, marked = prepare(task())
    text = source.decode()
    assert marked == 1
    assert "程明明" not in text
    assert "1199003" not in text
    assert NUMBER not in text
    assert "139 0000 1234" not in text, "a number that no rule reported is hidden, too"
    assert text.count("█") == len(NUMBER) + 3 + 11
    assert '<mark class="xunjian-mark">经审核，</mark>' in text
    assert "<script" not in text
    assert "onload" not in text
    assert "refresh" not in text


def test_a_reply_that_is_no_page_is_set_as_text():
    source, marked = prepare(
        ShotTask(
            url="https://api.weibo.com/x",
            body=b'{"statuses": []}',
            content_type="application/json",
            marks=(SENTENCE,),
            hidden=(NUMBER,),
            title="公示<b>",
            text=f"第一段\n{SENTENCE}",
        )
    )
    text = source.decode()
    assert marked == 1
    assert "公示&lt;b&gt;" in text
    assert NUMBER not in text


def test_a_sentence_that_is_not_there_is_not_marked():
    assert prepare(task(marks=("别的一句话。",)))[1] == 0


def test_deep_nesting_is_no_trouble():
    assert prepare(task(more="<div>" * 3000))[1] == 1


@pytest.fixture(scope="module")
def camera():
    browser = find_browser()
    if not browser_ready(browser):
        pytest.skip("no browser on this machine")
    with photographer(browser) as opened:
        yield opened


@pytest.fixture
def listener():
    """A server that counts who comes."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


def test_the_picture_shows_the_mark_and_asks_nobody(camera, listener):
    host, asked = listener
    shot = camera.shoot(task(host=host))
    assert (shot.marked, shot.visible, shot.cut) == (1, True, False)
    image = Image.open(io.BytesIO(shot.png)).convert("RGB")
    assert image.width == WIDTH
    colours = {colour for _, colour in image.getcolors(1 << 20)}
    assert (255, 228, 92) in colours, "the mark is yellow, although the page hides its text until a script runs"
    assert asked == []


def test_a_long_page_is_shown_where_the_mark_is(camera):
    before = "<p>段落</p>" * 600
    page = task()
    body = page.body.replace(b'<div id="js_content"', before.encode() + b'<div id="js_content"')
    shot = camera.shoot(ShotTask(url="x", body=body, content_type="text/html", marks=(SENTENCE,)))
    assert shot.cut
    image = Image.open(io.BytesIO(shot.png)).convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    assert (255, 228, 92) in {colour for _, colour in image.getcolors(1 << 20)}


def test_a_hidden_place_is_told(camera):
    hidden = f'<p style="display:none">{SENTENCE}隐藏</p>'
    shot = camera.shoot(task(more=hidden, marks=(f"{SENTENCE}隐藏",)))
    assert (shot.marked, shot.visible) == (1, False)
