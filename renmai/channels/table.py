"""The table of channels: what each reaches, what it can do for us, and its limits."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.channels import gateway, wechat

Words = str | Promise


class Capability(StrEnum):
    """What a channel can do for the shop."""

    SIGN_IN = "sign_in"
    ONE_TIME_CODE = "one_time_code"
    NOTICE = "notice"
    OPEN_LINKS = "open_links"

    @property
    def label(self) -> Words:
        """The capability in words."""
        return _LABELS[self]


_LABELS: dict[Capability, Words] = {
    Capability.SIGN_IN: _("Sign-in"),
    Capability.ONE_TIME_CODE: _("One-time codes"),
    Capability.NOTICE: _("Notices"),
    Capability.OPEN_LINKS: _("Opens shared links"),
}


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One way to a person: whom it reaches, what it can do, its limits in words with the policy rules behind them."""

    key: str
    title: Words
    reaches: Words
    can: frozenset[Capability]
    limits: tuple[Words, ...]
    rule_keys: tuple[str, ...] = ()
    is_on: Callable[[], bool]


CHANNELS: tuple[Channel, ...] = (
    Channel(
        key="phone_text",
        title=_("Text message"),
        reaches=_("Everybody with a phone number, whatever app they use."),
        can=frozenset({Capability.ONE_TIME_CODE, Capability.NOTICE}),
        limits=(
            _("300 characters; the operator's gateway may ask for approved texts."),
            _("Codes: one a minute, five an hour and ten a day for a phone."),
        ),
        is_on=gateway.is_on,
    ),
    Channel(
        key="wechat_public_account",
        title=_("WeChat public account"),
        reaches=_("People who open the shop inside WeChat."),
        can=frozenset({Capability.SIGN_IN, Capability.OPEN_LINKS}),
        limits=(
            _("Pages must lie on the domain that is registered with the account."),
            _("A code of the sign-in page is good once, for five minutes."),
            _("Nothing may be given for sharing; no draws, no collecting of helpers."),
        ),
        rule_keys=("wechat.share_reward", "wechat.bargain_assist", "groupbuy.lottery"),
        is_on=wechat.is_on,
    ),
    Channel(
        key="wechat_mini_program",
        title=_("WeChat mini-program"),
        reaches=_("People who open the shop as a mini-program."),
        can=frozenset(),
        limits=(_("Needs a mini-program of one's own; the shop does not come with one."),),
        rule_keys=("wechat.share_reward", "wechat.bargain_assist"),
        is_on=lambda: False,
    ),
)
