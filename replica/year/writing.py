"""What the accounts of the year publish: plain news of civil affairs, each piece different, none of it wrong."""

from __future__ import annotations

import hashlib
import random
from datetime import datetime

from domain.account import Account
from domain.post import Post, PostKind

_TOPICS = (
    ("养老服务", "社区食堂", "老年人助餐"),
    ("社会救助", "低保对象", "主动探访"),
    ("儿童福利", "孤弃儿童", "关爱探访"),
    ("婚姻登记", "婚姻登记处", "预约办理"),
    ("殡葬服务", "公益性公墓", "文明祭扫"),
    ("慈善事业", "慈善超市", "物资发放"),
    ("社会组织", "社区社会组织", "年度检查"),
    ("区划地名", "道路地名", "标志更新"),
    ("流浪救助", "救助站点", "街面巡查"),
    ("残疾人福利", "残疾人两项补贴", "资格复核"),
)
_PLACES = ("青石", "松岭", "竹溪", "梅川", "云岚", "碧湖", "秋水", "枫桥", "白沙", "石桥")
_DEEDS = ("启动", "推进", "完成", "部署", "开展")
_ENDS = (
    "工作人员逐户核对信息，现场解答群众提出的问题。",
    "相关负责同志到场了解进展，听取基层意见。",
    "下一步将按照计划继续做好后续各项工作。",
    "有关办理流程已在服务窗口张贴，方便群众查看。",
)


def post_of(account: Account, number: int, published_at: datetime, rng: random.Random) -> Post:
    """The ``number``-th post of an account."""
    topic, thing, deed = rng.choice(_TOPICS)
    place, verb = rng.choice(_PLACES), rng.choice(_DEEDS)
    title = f"{place}街道{verb}{topic}第{number}批{deed}工作"
    text = "".join(
        (
            f"近日，{account.sponsor}在{place}街道{verb}{thing}{deed}工作，",
            f"第{number}批共涉及{rng.randint(12, 96)}个社区。",
            rng.choice(_ENDS),
            rng.choice(_ENDS[::-1]),
        )
    )
    video = account.platform in ("douyin", "kuaishou")
    return Post(
        account_id=account.id,
        key=f"y{number:04d}",
        url=f"{account.home_url.rstrip('/')}/post/{number:04d}",
        kind=PostKind.VIDEO if video else PostKind.ARTICLE,
        title=title,
        text=text,
        published_at=published_at,
        original=True,
        evidence=_capture(account, f"y{number:04d}"),
    )


def repost_of(account: Account, number: int, published_at: datetime, title: str, text: str, source: str) -> Post:
    """A superior's item, reposted with its source line."""
    return Post(
        account_id=account.id,
        key=f"r{number:04d}",
        url=f"{account.home_url.rstrip('/')}/repost/{number:04d}",
        kind=PostKind.VIDEO if account.platform in ("douyin", "kuaishou") else PostKind.ARTICLE,
        title=title,
        text=f"{text}\n来源：{source}",
        published_at=published_at,
        original=False,
        repost_source=source,
        evidence=_capture(account, f"r{number:04d}"),
    )


def _capture(account: Account, key: str) -> str:
    """What would be the digest of the page: every post that was read has one."""
    return hashlib.sha256(f"{account.id}/{key}".encode()).hexdigest()
