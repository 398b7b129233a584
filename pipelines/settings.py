"""``xunjian.toml``: what the office sets. Every value can be overridden by an environment variable.

``XUNJIAN_DATABASE`` overrides ``database``, ``XUNJIAN_CRAWL__DELAY`` the ``delay`` of ``[crawl]``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from domain.errors import ConfigError, system_reason
from domain.message import Topic
from domain.norms import Norms


class BureauSettings(BaseModel):
    """``[bureau]``: whose accounts these are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    contact: str = Field(default="", description="写进访问标识的联系方式，供对方站点联系")
    public_numbers: tuple[str, ...] = Field(default=(), description="对外公开的办公、热线电话，不作个人信息")


class PlatformSettings(BaseModel):
    """``[crawl.platforms.<name>]``: what differs on one platform; what is left out is as in ``[crawl]``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    delay: float | None = Field(default=None, ge=0, le=60, description="同一站点两次访问的间隔（秒）")
    accounts: int | None = Field(default=None, ge=1, le=64, description="同时访问的账号数")
    per_host: int | None = Field(default=None, ge=1, le=16, description="同一站点同时的访问数")
    account_requests: int | None = Field(default=None, ge=0, description="一个账号一晚最多的访问次数，0 为不限")
    platform_requests: int | None = Field(default=None, ge=0, description="本平台一晚最多的访问次数，0 为不限")


class Pacing(NamedTuple):
    """What holds on one platform."""

    delay: float
    accounts: int
    per_host: int
    account_requests: int
    platform_requests: int


#: Platforms that refuse sooner than others, and those whose every account is a browser window.
_TOUCHY = {
    "weibo": PlatformSettings(delay=3.0, accounts=2, per_host=1),
    "toutiao": PlatformSettings(delay=2.0, accounts=2),
    "douyin": PlatformSettings(delay=3.0, accounts=2),
    "kuaishou": PlatformSettings(delay=3.0, accounts=2),
}


class CrawlSettings(BaseModel):
    """``[crawl]``: how politely and how far."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    delay: float = Field(default=1.0, ge=0, le=60, description="同一站点两次访问的间隔（秒）")
    accounts: int = Field(default=4, ge=1, le=64, description="同一平台同时访问的账号数")
    per_host: int = Field(default=2, ge=1, le=16, description="同一站点同时的访问数")
    timeout: float = Field(default=30, ge=1, le=600, description="一次访问的时限（秒）")
    horizon_days: int = Field(default=180, ge=91, le=3650, description="向前翻到多少天以内的内容")
    account_requests: int = Field(default=2000, ge=0, description="一个账号一晚最多的访问次数，0 为不限")
    platform_requests: int = Field(default=30000, ge=0, description="一个平台一晚最多的访问次数，0 为不限")
    patience: float = Field(default=60, ge=0, le=600, description="对方要求稍候时最多等多久（秒），更久的留待下一轮")
    backoff: float = Field(default=5, ge=0, le=60, description="被限流后首次停顿（秒），再被限流逐次加倍")
    account_deadline: float = Field(default=900, ge=5, description="一个账号的时限（秒）")
    platform_deadline: float = Field(default=6 * 3600, ge=5, description="一个平台的时限（秒）")
    reread_budget: int = Field(default=200, ge=0, description="一个账号一次最多复读的篇数")
    link_budget: int = Field(default=500, ge=0, description="一次巡检最多核查的链接数")
    import_days: int = Field(default=7, ge=1, le=90, description="人工导入的内容在多少天内算数")
    link_days: int = Field(default=1, ge=1, le=365, description="链接核查结果的有效天数")
    link_watch_days: int = Field(default=7, ge=1, le=365, description="旧内容里的链接至少隔多少天重新打开一次")
    browser_pages: int = Field(default=100, ge=1, le=10000, description="浏览器打开多少个页面后换新，以免内存越占越多")
    platforms: dict[str, PlatformSettings] = Field(default={}, description="个别平台的不同设置")

    def of_platform(self, name: str) -> Pacing:
        """The pace on one platform: the office's word for it, else its word for all, else what the platform is known
        to bear."""
        own, known = self.platforms.get(name), _TOUCHY.get(name)

        def value(field: str) -> Any:
            if own is not None and (said := getattr(own, field)) is not None:
                return said
            if field not in self.model_fields_set and known is not None and (said := getattr(known, field)) is not None:
                return said
            return getattr(self, field)

        return Pacing(*(value(field) for field in Pacing._fields))


class ScanSettings(BaseModel):
    """``[scan]``: how much of the machine it may take."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    workers: int = Field(default=0, ge=0, le=256, description="扫描进程数，0 为按处理器数")
    batch: int = Field(default=200, ge=1, le=5000, description="一次提交的篇数")


class RectifySettings(BaseModel):
    """``[rectify]``: days to rectify by severity (第十三条: one to five); 0 sets none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    veto: int = Field(default=1, ge=0, le=5, description="严重问题的整改时限（日）")
    major: int = Field(default=3, ge=0, le=5, description="较重问题的整改时限（日）")
    minor: int = Field(default=5, ge=0, le=5, description="一般问题的整改时限（日）")
    notice: int = Field(default=0, ge=0, le=5, description="提示的整改时限（日）")
    counting: Literal["calendar", "working"] = Field(default="calendar", description="时限按自然日还是工作日计")
    roll: bool = Field(default=False, description="按自然日计时，末日逢休息日是否顺延")
    prefix: str = Field(default="媒整", max_length=20, description="整改通知书编号的字头，如“柳民媒整”")
    remind_days: int = Field(default=1, ge=0, le=5, description="到期前多少天催办")


class CredentialSettings(BaseModel):
    """``[credentials]``: where secrets are kept, and how early their end is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    store: Literal["file", "keyring"] = Field(default="file", description="凭据存放处：加密文件，或系统密钥环")
    warn_days: int = Field(default=30, ge=1, le=180, description="到期前多少天提醒（每次到期只提醒一次）")
    secret_days: int = Field(default=0, ge=0, le=3650, description="密钥登记多少天后应更换，0 为不设")


class ShotSettings(BaseModel):
    """``[shots]``: screenshots of pages with grave findings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(default=100, ge=0, le=5000, description="一次巡检最多制作多少张取证截图，0 为不制作")


class ChannelSettings(BaseModel):
    """One ``[[messages.channels]]``. Its address holds a secret, so it is never written here: it is the ``url`` of a
    credential, or an environment variable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=40, description="通道名称")
    credential: str = Field(default="", description="存有通道地址（url）的凭据名称")
    variable: str = Field(default="", description="存有通道地址的环境变量名")
    topics: tuple[Topic, ...] = Field(default=(Topic.SEVERE, Topic.DIGEST), description="发哪几类消息")


class MessageSettings(BaseModel):
    """``[messages]``: who is told what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    channels: tuple[ChannelSettings, ...] = Field(default=(), description="通知通道")
    digest_at: time = Field(default=time(8, 0), description="每天几点以后发摘要（北京时间）")
    nights: int = Field(default=3, ge=1, le=30, description="同一故障连续几晚才报一次")


class Settings(BaseSettings):
    """The whole of ``xunjian.toml``."""

    model_config = SettingsConfigDict(
        env_prefix="XUNJIAN_", env_nested_delimiter="__", extra="ignore", frozen=True, env_ignore_empty=True
    )

    database: str = Field(default="", description="数据库地址；留空为工作区内的 xunjian.db（SQLite）")
    bureau: BureauSettings = BureauSettings()
    crawl: CrawlSettings = CrawlSettings()
    scan: ScanSettings = ScanSettings()
    rectify: RectifySettings = RectifySettings()
    credentials: CredentialSettings = CredentialSettings()
    shots: ShotSettings = ShotSettings()
    messages: MessageSettings = MessageSettings()
    norms: Norms = Norms()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the file: no .env, no secrets folder."""
        del dotenv_settings, file_secret_settings
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))


def load_settings(path: Path) -> Settings:
    """The settings of ``path`` with the environment on top; ``ConfigError`` names the field that is wrong."""

    class FileSettings(Settings):
        model_config = SettingsConfigDict(**{**Settings.model_config, "toml_file": path})

    try:
        _refuse_unknown(path)
        return FileSettings()
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            known = "、".join(_fields_of(field.rpartition(".")[0]))
            raise ConfigError(f"{path}：不认识的项 {field}；可用：{known}") from error
        raise ConfigError(f"{path}：{field} 的值不对，{_expected(first)}；请修改") from error
    except OSError as error:
        raise ConfigError(f"{path}：读不出（{system_reason(error)}）；请检查权限") from error
    except ValueError as error:
        raise ConfigError(f"{path}：不是合法的 TOML（{toml_place(error)}）；请修改，文字要用英文双引号括起") from error


def _fields_of(section: str) -> list[str]:
    """The names that a section of the file may hold."""
    field = Settings.model_fields.get(section)
    model = field.annotation if field is not None else Settings
    return list(getattr(model, "model_fields", Settings.model_fields))


_KINDS = {
    "string": "应为文字",
    "int": "应为整数",
    "float": "应为数字",
    "bool": "应为 true 或 false",
    "literal": "不在可选的值之内",
    "tuple": "应为列表",
}
_BOUNDS = {
    "greater_than_equal": ("不能小于 {}", "ge"),
    "greater_than": ("应大于 {}", "gt"),
    "less_than_equal": ("不能大于 {}", "le"),
    "less_than": ("应小于 {}", "lt"),
}


def _expected(problem: Mapping[str, Any]) -> str:
    """What a value should have been: the library says it in English."""
    kind = str(problem["type"])
    if kind in _BOUNDS:
        words, name = _BOUNDS[kind]
        return words.format(problem.get("ctx", {}).get(name))
    if kind == "value_error":
        return str(problem["msg"]).removeprefix("Value error, ")
    return next((told for start, told in _KINDS.items() if kind.startswith(start)), "类型不对")


def toml_place(error: ValueError) -> str:
    """``第 3 行第 5 列`` out of what the reader of TOML says in English."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    if found:
        return f"第 {found[1]} 行第 {found[2]} 列"
    return "文件末尾不完整" if "end of document" in str(error) else "不是 UTF-8 编码，或写法不对"


def _refuse_unknown(path: Path) -> None:
    """The environment may hold other XUNJIAN_… variables, the file may hold nothing unknown: a typo is told."""
    import tomllib

    with path.open("rb") as file:
        unknown = sorted(set(tomllib.load(file)) - set(Settings.model_fields))
    if unknown:
        known = "、".join(Settings.model_fields)
        raise ConfigError(f"{path}：不认识的项 {unknown[0]}；可用：{known}")


TEMPLATE = """\
# 政务新媒体巡检：工作区设置。每一项都可以用环境变量覆盖，如 XUNJIAN_CRAWL__DELAY=2。

# 数据库地址；留空为本目录下的 xunjian.db（SQLite）。PostgreSQL 如 postgresql://用户@主机/库名
database = ""

[bureau]
name = {name}
# 写进访问标识的联系方式（邮箱或电话），对方站点有疑问时可以联系到人
contact = {contact}
# 对外公开的办公电话、热线，出现时不作为个人信息
public_numbers = []

[crawl]
# 不写的项用程序内定的值：间隔 1 秒、同时 4 个账号，容易限流的平台（微博、头条、抖音、快手）更慢
# delay = 1.0          # 同一站点两次访问的间隔（秒），实际在一半到一倍半之间变动
# accounts = 4         # 同一平台同时访问的账号数
# per_host = 2         # 同一站点同时的访问数
# account_requests = 2000   # 一个账号一晚最多的访问次数；用完的账号报“额度用完”，其余下一轮再读
# [crawl.platforms.weibo]   # 个别平台可以另设
# delay = 5.0
horizon_days = 180     # 首次向前翻到多少天以内的内容

[scan]
workers = 0            # 扫描进程数，0 为按处理器数

[rectify]              # 印在报告上的整改时限（日，制度规定 1 至 5 日）；0 为不设
veto = 1               # 严重
major = 3              # 较重
minor = 5              # 一般
notice = 0             # 提示
counting = "calendar"  # calendar 按自然日计，working 按工作日计
roll = false           # 按自然日计时，末日逢休息日是否顺延
prefix = "媒整"        # 整改通知书编号的字头，印作“媒整〔2026〕3号”
remind_days = 1        # 到期前多少天催办

[credentials]
store = "file"         # 凭据存放处：file 为本目录下的加密文件，keyring 为系统密钥环
warn_days = 30         # 认证、授权、密钥到期前多少天提醒

[shots]
limit = 100            # 一次巡检最多为多少个有严重、较重问题的页面制作截图；0 为不制作

[messages]             # 通知。通道地址含密钥，不写在这里：用 xunjian credential set 通道名 url 登记，或放入环境变量
# digest_at = "08:00"  # 每天几点以后发一次摘要
# nights = 3           # 同一账号连续几晚未能检查才报一次，恢复时再报一次
# [[messages.channels]]
# name = "值班群"
# credential = "notice-duty"          # 其 url 如 wecombot://…、dingtalk://…、feishu://…、mailtos://…、jsons://…
# topics = ["severe", "digest"]       # severe 严重和较重问题，digest 每日摘要，technical 技术告警
"""
