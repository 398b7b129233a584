"""The accounts of the fictional bureau and its units, and the rhythm in which each publishes."""

from replica.demo.accounts import others, videos, wechat, weibo
from replica.demo.accounts.names import ALBUM_ONE, CREDENTIALS, SITE_COLUMNS, SITE_HOST
from replica.demo.accounts.plan import Plan

PLANS: tuple[Plan, ...] = (*wechat.PLANS, *weibo.PLANS, *others.PLANS, *videos.PLANS)

__all__ = ["ALBUM_ONE", "CREDENTIALS", "PLANS", "SITE_COLUMNS", "SITE_HOST", "Plan"]
