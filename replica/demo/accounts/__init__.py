"""The accounts of the fictional bureau and its units, and the rhythm in which each publishes."""

from replica.demo.accounts import others, wechat, weibo
from replica.demo.accounts.names import ALBUM_ONE, CREDENTIALS, SITE_COLUMNS, SITE_HOST
from replica.demo.accounts.plan import Plan

PLANS: tuple[Plan, ...] = (*wechat.PLANS, *weibo.PLANS, *others.PLANS)

__all__ = ["ALBUM_ONE", "CREDENTIALS", "PLANS", "SITE_COLUMNS", "SITE_HOST", "Plan"]
