"""The columns of the register of accounts, and the words of its closed choices."""

from __future__ import annotations

from domain.account import Medium, Purpose, Standing

PLATFORM = "平台"
KEY = "平台标识"
NAME = "账号名称"
SPONSOR = "主办单位"
OPERATOR = "承办单位"
SUPERVISOR = "主管单位"
VERIFIED_SUBJECT = "认证主体"
FILING_NO = "备案号"
PURPOSE = "用途"
MEDIUM = "内容形式"
STANDING = "状态"
ROUTES = "读取方式"
HOME_URL = "主页网址"
ATTRIBUTES = "附加标识"
ROBOTS = "授权依据"
ALIASES = "曾用标识"

#: In the order in which files are written.
COLUMNS = (
    PLATFORM,
    KEY,
    NAME,
    SPONSOR,
    OPERATOR,
    SUPERVISOR,
    VERIFIED_SUBJECT,
    FILING_NO,
    PURPOSE,
    MEDIUM,
    STANDING,
    ROUTES,
    HOME_URL,
    ATTRIBUTES,
    ROBOTS,
    ALIASES,
)
REQUIRED = (PLATFORM, KEY, NAME)

PURPOSES = {"发布类": Purpose.PUBLISHING, "服务类": Purpose.SERVICE}
MEDIA = {"文字图片类": Medium.TEXT_IMAGE, "音视频类": Medium.AUDIO_VIDEO}
STANDINGS = {"在用": Standing.LIVE, "拟注销": Standing.CLOSING, "已注销": Standing.CLOSED}

#: What a clerk may write for a platform; the first name of each id is the one that is written.
PLATFORMS = {
    "微信公众号": "wechat",
    "微信": "wechat",
    "新浪微博": "weibo",
    "微博": "weibo",
    "今日头条": "toutiao",
    "抖音": "douyin",
    "快手": "kuaishou",
    "政府网站": "website",
    "网站": "website",
    "移动客户端": "app",
    "移动客户端APP": "app",
    "APP": "app",
    "微信小程序": "miniprogram",
    "小程序": "miniprogram",
    "微信视频号": "channels",
    "视频号": "channels",
    "人民号": "peoples_daily",
    "新华号": "xinhua",
    "百家号": "baijiahao",
    "学习强国号": "xuexi",
    "学习强国": "xuexi",
    "哔哩哔哩": "bilibili",
    "小红书": "rednote",
}


def platform_name(platform: str) -> str:
    """What a clerk calls ``platform``; the id itself for one without a name here."""
    return next((name for name, known in PLATFORMS.items() if known == platform), platform)
