"""``renmai lint``: what it prints and how it ends."""

import io

import pytest
from django.utils import translation

from renmai.policy.channels import Channel
from renmai.project import command
from renmai.project.commands import lint


def test_it_names_the_fragment_the_rule_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["lint", "转发到群就送红包", "--channel", "wechat"]) == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == "not allowed: “转发到群就送红包” (sharing.reward_after)"
    assert rest[:2] == [
        "  wechat.share_reward, 微信外部链接内容管理规范 2.1",
        "  Take the reward for sharing off: give it for an order that was kept, or to everybody.",
    ]
    assert rest[-1] == "not allowed"


def test_it_answers_in_chinese_and_leaves_the_language_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("en"):
        assert command.main(["lint", "邀请好友助力", "--channel", "wechat", "--language", "zh-hans"]) == 1
        assert translation.get_language() == "en"
    shown = capsys.readouterr().out
    assert shown.startswith("不允许 [wechat]: “邀请好友助力” (assist.help)\n")
    assert "只在自有网站上开展" in shown or "请放到自有网站上开展" in shown


def test_honest_copy_passes_and_so_does_help_on_our_own_site(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["lint", "无需转发，人人同价", "三人成团，不成团全额退款"]) == 0
    helped = "邀请好友助力，每人可帮一次，活动到周日24点，最低30元，规则见页面"
    assert command.main(["lint", helped, "--channel", "web"]) == 0
    assert capsys.readouterr().out == "allowed\nallowed\n"
    assert command.main(["lint", helped, "--channel", "wechat"]) == 1


def test_without_an_argument_it_reads_what_is_piped_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Share this post and win a prize"))
    assert command.main(["lint", "--channel", "wechat"]) == 1
    assert "sharing.en_reward_after" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO(" \n"))
    assert command.main(["lint"]) == 2
    assert capsys.readouterr().err == "renmai: there is no text to read.\n"


def test_it_knows_every_channel() -> None:
    assert list(lint.CHANNELS) == Channel.values
