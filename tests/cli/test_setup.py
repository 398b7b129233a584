"""Setting up: workspace, register, credentials, word lists, rules, doctor."""

from __future__ import annotations

import csv

import pytest

from cli.exits import Exit
from pipelines import workspace as workspaces
from pipelines.workspace import Workspace
from replica.demo import write_registry


def test_init_makes_a_workspace_that_works_at_once(xunjian, workspace):
    for name in ("xunjian.toml", "secret.key", "xunjian.db", "registry/accounts.csv", "lexicons/bureau.csv"):
        assert (workspace / name).exists(), name
    assert (workspace / "secret.key").stat().st_mode & 0o777 == 0o600
    assert Workspace.find(workspace).settings.bureau.name == "柳溪市民政局"
    assert xunjian("registry", "check", "-w", workspace).code == Exit.CLEAN
    assert xunjian("lexicon", "check", "-w", workspace).code == Exit.CLEAN


def test_init_again_overwrites_nothing(xunjian, workspace):
    (workspace / "xunjian.toml").write_text('[bureau]\nname = "改过"\n', encoding="utf-8")
    key = (workspace / "secret.key").read_bytes()
    (workspace / "lexicons" / "bureau.csv").write_text("词语\n", encoding="utf-8")
    assert xunjian("init", workspace).code == Exit.CLEAN
    assert "改过" in (workspace / "xunjian.toml").read_text("utf-8")
    assert (workspace / "secret.key").read_bytes() == key
    assert (workspace / "lexicons" / "bureau.csv").read_text("utf-8") == "词语\n"


def test_names_that_are_kept_twice_agree():
    from cli import scanning

    assert (scanning._MARKER, scanning._VARIABLE) == (workspaces.MARKER, workspaces.VARIABLE)


def test_run_without_accounts_says_what_to_do(xunjian, workspace):
    ended = xunjian("run", "-w", workspace)
    assert ended.code == Exit.USAGE
    assert "xunjian registry import" in ended.err


def test_register_goes_in_and_comes_out_the_same(xunjian, workspace, tmp_path):
    path = write_registry(workspace / "registry")
    ended = xunjian("registry", "check", "-w", workspace)
    assert ended.code == Exit.CLEAN
    assert "没有问题" in ended.out
    first = xunjian("registry", "import", "-w", workspace)
    assert first.code == Exit.CLEAN
    assert "变更 0，移出 0" in first.out
    assert "新增 0，变更 0，移出 0" in xunjian("registry", "import", "-w", workspace).out
    for name in ("台账.csv", "台账.xlsx"):
        out = tmp_path / name
        assert xunjian("registry", "export", out, "-w", workspace).code == Exit.CLEAN
        assert xunjian("registry", "export", out, "-w", workspace).code == Exit.USAGE
        assert "新增 0，变更 0，移出 0" in xunjian("registry", "import", out, "-w", workspace).out
    with path.open(encoding="utf-8-sig", newline="") as file:
        before = sorted(csv.reader(file))
    with (tmp_path / "台账.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sorted(csv.reader(file)) == before


def test_account_taken_off_the_register_is_reported(xunjian, workspace):
    path = write_registry(workspace / "registry")
    xunjian("registry", "import", "-w", workspace)
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), "utf-8-sig")
    assert "移出 1" in xunjian("registry", "import", "-w", workspace).out


def test_register_with_mistakes_tells_each_with_its_row(xunjian, workspace):
    path = write_registry(workspace / "registry")
    lines = path.read_text("utf-8-sig").splitlines()
    lines[1] = lines[1].replace("微信公众号", "微信大号")
    lines[3] = ",".join([*lines[3].split(",")[:2], "", *lines[3].split(",")[3:]])
    path.write_text("\n".join(lines), "utf-8-sig")
    ended = xunjian("registry", "check", "-w", workspace)
    assert ended.code == Exit.USAGE
    assert "accounts.csv:2：平台“微信大号”不认识" in ended.err
    assert "accounts.csv:4：缺少账号名称" in ended.err
    assert xunjian("registry", "import", "-w", workspace).code == Exit.USAGE


def test_missing_register_says_where_it_should_be(xunjian, workspace):
    (workspace / "registry" / "accounts.csv").unlink()
    ended = xunjian("registry", "check", "-w", workspace)
    assert ended.code == Exit.USAGE
    assert "没有台账 accounts.csv 或 accounts.xlsx" in ended.err


def test_credentials_are_kept_sealed_and_never_shown(xunjian, workspace):
    ended = xunjian(
        "credential", "set", "wechat-main", "appid", "secret", "-w", workspace, stdin=b"wxdemo\nS3CRET-VALUE\n"
    )
    assert ended.code == Exit.CLEAN
    kept = Workspace.find(workspace).credentials()["wechat-main"]
    assert (kept["appid"], kept["secret"]) == ("wxdemo", "S3CRET-VALUE")
    assert set(kept) == {"appid", "secret", "set_on"}
    assert b"S3CRET-VALUE" not in (workspace / "credentials.enc").read_bytes()
    listed = xunjian("credential", "list", "-w", workspace)
    assert "wechat-main\tappid、secret" in listed.out
    assert "S3CRET-VALUE" not in listed.out + ended.out + ended.err
    assert xunjian("credential", "remove", "wechat-man", "-w", workspace).code == Exit.USAGE
    assert xunjian("credential", "remove", "wechat-main", "-w", workspace).code == Exit.CLEAN
    assert "还没有登记凭据" in xunjian("credential", "list", "-w", workspace).out


@pytest.mark.parametrize(("fields", "stdin"), [(["secret=abc"], b""), (["secret"], b"\n")])
def test_credential_on_the_command_line_or_empty_is_refused(xunjian, workspace, fields, stdin):
    ended = xunjian("credential", "set", "x", *fields, "-w", workspace, stdin=stdin)
    assert ended.code == Exit.USAGE
    assert "abc" not in ended.err
    assert Workspace.find(workspace).credentials() == {}


def test_word_list_with_a_mistake_is_told_with_its_row(xunjian, workspace):
    path = workspace / "lexicons" / "bureau.csv"
    header = path.read_text("utf-8-sig").splitlines()[0].split(",")
    row = {"词语": "柳溪旧称", "依据": "没有-这条", "应报": "这句里没有那个词"}
    path.write_text(",".join(header) + "\n" + ",".join(row.get(name, "") for name in header) + "\n", "utf-8-sig")
    ended = xunjian("lexicon", "check", path, "-w", workspace)
    assert ended.code == Exit.USAGE
    assert "bureau.csv:2：" in ended.err
    assert "处要改" in ended.err


def test_shipped_word_lists_pass(xunjian):
    ended = xunjian("lexicon", "check")
    assert ended.code == Exit.CLEAN
    assert "全部符合" in ended.out


def test_rules_are_listed_with_severity_and_clause(xunjian):
    ended = xunjian("rules", "list")
    assert ended.code == Exit.CLEAN
    rows = {line.split("\t")[0]: line.split("\t") for line in ended.out.splitlines()}
    assert rows["privacy-id-card-number"][1] == "严重"
    assert rows["harm-bureau-listed"][2] == "未检查"
    assert all(len(row) == 5 and row[4] for row in rows.values())


def test_rule_is_explained(xunjian, people):
    told = xunjian("rules", "explain", "privacy-id-card-number")
    assert told.code == Exit.CLEAN
    for words in ("公开居民身份证号码", "依据：", "第十一条", "建议：", "会报，如：", "不报，如："):
        assert words in told.out
    number = people.id_card()
    fired = xunjian("rules", "explain", "privacy-id-card-number", "--text", f"身份证号{number}")
    assert fired.out.startswith("报：")
    assert number not in fired.out
    silent = xunjian("rules", "explain", "privacy-id-card-number", "--text", f"订单号{people.order_number()}")
    assert silent.out.startswith("不报：")


def test_unknown_rule_suggests_a_near_one(xunjian):
    ended = xunjian("rules", "explain", "privacy-idcard-number")
    assert ended.code == Exit.USAGE
    assert "相近：privacy-id-card-number" in ended.err


def test_doctor_works_without_a_workspace(xunjian):
    ended = xunjian("doctor")
    assert ended.code == Exit.CLEAN
    for name in ("Python", "SQLite", "浏览器", "中文字体"):
        assert f"］{name}：" in ended.out
    assert "先用 xunjian init 新建" in ended.out


def test_doctor_tells_a_missing_browser_and_the_fix(xunjian, monkeypatch):
    monkeypatch.setenv("XUNJIAN_BROWSER", "/没有/chromium")
    ended = xunjian("doctor")
    assert ended.code == Exit.CLEAN
    (line,) = [line for line in ended.out.splitlines() if "浏览器：" in line]
    assert line.startswith("［提醒］")
    assert "未能检查" in line
    assert "make browser" in line


def test_doctor_finds_a_key_that_others_can_read(xunjian, workspace):
    assert xunjian("doctor", "-w", workspace).code == Exit.CLEAN
    (workspace / "secret.key").chmod(0o644)
    ended = xunjian("doctor", "-w", workspace)
    assert ended.code == Exit.USAGE
    assert "chmod 600" in ended.out


def test_doctor_tells_credentials_that_the_register_needs(xunjian, workspace):
    write_registry(workspace / "registry")
    xunjian("registry", "import", "-w", workspace)
    assert "台账用到但没有登记" in xunjian("doctor", "-w", workspace).out
