"""The columns of a word list, and the words of its closed choices."""

from __future__ import annotations

from domain.rule import Severity

WORD = "词语"
VARIANTS = "变体"
SEVERITY = "级别"
MATCH = "匹配"
EXCEPTIONS = "例外语境"
EXCUSED_BY = "同句豁免"
NOT_AFTER = "前文排除"
NOT_BEFORE = "后文排除"
NEEDS_CONTEXT = "须有语境"
#: A word that means little alone: which kind of evidence it is, and how much it weighs beside others.
SIGNAL = "迹象"
WEIGHT = "分值"
SUGGESTION = "建议改为"
CLAUSE = "依据"
FIRES = "应报"
SILENT = "不报"
NOTE = "备注"
UPDATED_ON = "更新日期"
UPDATED_BY = "维护人"
#: Where a row comes from: a paper and its year, or whoever supplied the word.
SOURCE = "来源"
#: In the bureau's own list: what kind of word it is; decides the family under which it is shown.
CLASS = "类别"
#: In the list of former names: the name of then, the name of now, and the last day on which the former one was right.
FORMER = "旧称"
PRESENT = "新称"
VALID_UNTIL = "有效至"

#: In the order in which files are written.
COLUMNS = (
    WORD,
    VARIANTS,
    SEVERITY,
    MATCH,
    EXCEPTIONS,
    EXCUSED_BY,
    NOT_AFTER,
    NOT_BEFORE,
    NEEDS_CONTEXT,
    SIGNAL,
    WEIGHT,
    SUGGESTION,
    CLAUSE,
    FIRES,
    SILENT,
    NOTE,
    UPDATED_ON,
    UPDATED_BY,
)
REQUIRED = (WORD, CLAUSE, FIRES)
#: The bureau's own list. 类别 and 来源 may be missing in a file written before there were any.
BUREAU_COLUMNS = (WORD, VARIANTS, CLASS, *COLUMNS[2:-3], SOURCE, *COLUMNS[-3:])
FORMER_COLUMNS = (
    FORMER,
    VARIANTS,
    PRESENT,
    VALID_UNTIL,
    SOURCE,
    SEVERITY,
    MATCH,
    EXCEPTIONS,
    EXCUSED_BY,
    NOT_AFTER,
    NOT_BEFORE,
    NEEDS_CONTEXT,
    CLAUSE,
    FIRES,
    SILENT,
    NOTE,
    UPDATED_ON,
    UPDATED_BY,
)
FORMER_REQUIRED = (FORMER, PRESENT, VALID_UNTIL, SOURCE, CLAUSE, FIRES, SILENT)
#: Classes of the bureau's own words; an empty cell counts as 其他.
OTHER_CLASS = "其他"
CLASSES = ("反动", "暴力", "色情", "赌博", "诈骗", "辱骂", "广告", "涉密", "表述", "文风", OTHER_CLASS)

SEVERITIES = {"严重": Severity.VETO, "较重": Severity.MAJOR, "一般": Severity.MINOR, "提示": Severity.NOTICE}
#: In an overlay: the word of the shipped list is not used here.
SWITCHED_OFF = "停用"
NO_REASON = "停用“{}”没有写明理由；请在备注里写清为什么不用"
MATCHES = {"": False, "包含": False, "整词": True}

#: What a list is called in reports; any other file is called by its own name.
TITLES = {
    "misstatements": "严重表述错误词库",
    "internal_material": "内部资料用语词库",
    "pornography": "色情低俗用语词库",
    "gambling": "赌博用语词库",
    "violence": "暴力违禁用语词库",
    "fraud": "诈骗话术词库",
    "abuse": "辱骂攻击用语词库",
    "black_market": "黑灰产广告用语词库",
    "solicitation": "招揽联络用语词库",
    "bureau": "本局敏感词库",
    "former_names": "旧称库",
    "commercial_sources": "商业网站和自媒体来源库",
    "phrases": "规范表述库",
    "leaders": "领导人姓名库",
}
