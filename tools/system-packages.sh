#!/bin/sh
# Chromium and CJK fonts, where apt serves and the user is root; else Playwright's own browser where it can be had.
# Without either the line still runs: accounts that need a browser are reported as NO_TOOL. XUNJIAN_NO_APT=1 skips apt.
set -u

have_browser() {
    for name in chromium chromium-browser google-chrome-stable google-chrome microsoft-edge; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

have_fonts() {
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]
}

if have_browser && have_fonts; then
    exit 0
fi

if [ "${XUNJIAN_NO_APT:-}" != 1 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 Chromium 浏览器和中文字体（apt；不需要时设 XUNJIAN_NO_APT=1）…"
    if apt-get update -qq >/dev/null 2>&1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium fonts-noto-cjk fontconfig >/dev/null 2>&1; then
        exit 0
    fi
    echo "apt 未能安装 Chromium（可能没有软件源）。"
fi

if ! have_browser; then
    echo "试用 Playwright 自带的浏览器…"
    if ! .venv/bin/python -m playwright install chromium >/dev/null 2>&1; then
        echo "没有可用的浏览器：需要浏览器的账号会记为“未能检查（NO_TOOL）”，其余照常；补装办法见 xunjian doctor。"
    fi
fi
exit 0
