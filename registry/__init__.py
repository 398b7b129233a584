"""备案台账: the accounts on file, public numbers and the work calendar, as office files that people edit.

``accounts.csv`` (or ``.xlsx``) has one account a row under these headers; only the first three must be filled::

    平台        微信公众号 | 新浪微博 | 今日头条 | 政府网站 | 移动客户端 …, or the id (wechat, weibo …)
    平台标识    gh_… | uid | user id | host | bundle id: the platform's own key
    账号名称
    主办单位, 承办单位, 主管单位, 认证主体, 备案号
    用途        发布类 (default) | 服务类
    内容形式    文字图片类 | 音视频类 | empty: told from the posts
    状态        在用 (default) | 拟注销 | 已注销
    读取方式    ways to read it, tried in order: official@wechat-main | album@123 | rss@https://…
    主页网址
    附加标识    biz=MzA… | appid=wx…
    授权依据    the owner's written authorisation to set robots.txt aside; empty: it is honoured
    曾用标识    ids before a migration: weibo:123 | weibo:456

A way to read is ``kind``, ``kind@address`` or ``kind:credential@address``; for ``official`` and ``oauth`` what follows
the ``@`` is the name of the credential (``official@wechat-main``).

    registry.accounts.load(path) -> tuple[Account, ...]      RegistryError with every problem and its row
    registry.accounts.write(path, accounts)                  .csv or .xlsx by the suffix; () writes a template
    registry.check.check(path) -> RegisterCheck              errors and advice, for people
    registry.calendar.build(last_year, override) -> WorkCalendar
    registry.public_numbers.load(path) -> frozenset[str]     digits of the published phone numbers
"""

from registry import accounts

__all__ = ["accounts"]
