"""Rewards tried out: each inviter is promised what she was dealt, her friends read it, and it is what they get."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import Statements, make_member, make_staff
from renmai.api.tests.world import Program
from renmai.campaigns import actions as campaigns
from renmai.campaigns.actions.composing import draft_of
from renmai.campaigns.models import Campaign, Reward, TermsVersion
from renmai.insight.experiments import actions
from renmai.insight.experiments.actions import Draft
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.running import forget_running
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.plays.invitation.actions import code_of, enter_code, promised_by, show_promise
from renmai.plays.invitation.audit import violations
from renmai.plays.invitation.models import Invitation, InviteCode
from renmai.plays.invitation.play import PLAY
from renmai.plays.invitation.terms import terms_at
from renmai.plays.invitation.tests.world import inviting, kept, newcomer, tied
from renmai.programs.actions import create_token
from renmai.sharing.actions import Landing, share
from renmai.sharing.models import Share
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
KINDS = {"invitation.kind": ("as_set", "red_packet")}
TERMS = {
    "inviter_benefit": "points",
    "inviter_amount": 500,
    "per_month": 10,
    "invited_benefit": "coupon",
    "invited_amount": 300,
    "least_fen": 1000,
    "join_days": 7,
}


def question(campaign: Campaign, **changes: object) -> Draft:
    """An experiment on the rewards of a campaign."""
    asked = Draft(
        title="红包还是积分",
        hypothesis="A red packet of the same worth brings more friends, because it is money.",
        unit="member",
        metric="kept_cost",
        lift_basis_points=2000,
        switches=KINDS,
        campaign_id=campaign.pk,
    )
    return replace(asked, **changes)  # type: ignore[arg-type]


def trying(campaign: Campaign, **changes: object) -> Experiment:
    """Such an experiment that runs."""
    owner = make_staff()
    row = actions.start(owner, actions.compose(owner, question(campaign, **changes)))
    forget_running()
    return row


def dealt(campaign: Campaign, arm: str) -> User:
    """A member who was shown what this arm promises."""
    for _try in range(60):
        member = make_member()
        show_promise(member, campaign)
        if Exposure.objects.get(user=member).variant == arm:
            return member
    raise AssertionError(f"nobody was dealt {arm}")


def test_what_an_option_makes_of_the_terms() -> None:
    assert PLAY.varied(TERMS, {}) == TERMS
    red = PLAY.varied(TERMS, {"kind": "red_packet", "size": "double"})
    assert {name: red[name] for name in TERMS if red[name] != TERMS[name]} == {
        "inviter_benefit": "red_packet",
        "inviter_amount": 1000,
        "invited_benefit": "red_packet",
        "invited_amount": 600,
    }
    alone = PLAY.varied(TERMS, {"size": "half", "whom": "inviter"})
    assert (alone["inviter_amount"], alone["invited_benefit"]) == (250, "none")


def test_a_promise_that_was_shown_is_kept(moving_clock: MovingClock) -> None:
    campaign = inviting()
    row = trying(campaign)
    own, other = dealt(campaign, "as_set"), dealt(campaign, "red_packet")
    assert row.versions == [1, 2]
    assert (promised_by(own, campaign).version, promised_by(other, campaign).version) == (1, 2)
    actions.stop(make_staff(), row, reason="the packets are used up for now")
    forget_running()
    assert show_promise(other, campaign).terms.inviter_benefit == "red_packet"
    assert show_promise(make_member(), campaign).terms.inviter_benefit == "points"
    _elder, friend, tie = tied(other, campaign=campaign)
    assert tie.version == 2
    kept(friend, moving_clock)
    assert set(Reward.objects.values_list("beneficiary", "benefit", "amount")) == {
        (other.pk, "red_packet", 500),
        (friend.user.pk, "red_packet", 500),
    }
    assert not list(violations())
    Invitation.objects.filter(pk=tie.pk).update(version=1)
    assert [(each.invariant, each.detail) for each in violations()] == [
        ("campaigns.invitation", "is by terms 1, and the inviter was promised 2")
    ]


def test_whoever_was_promised_something_before_is_dealt_nothing(moving_clock: MovingClock) -> None:
    campaign = inviting()
    inviter, _friend, _tie = tied(campaign=campaign)
    sharer = make_member()
    share(sharer, kind=Share.Kind.PAGE, shop=None, landing=Landing(campaign.pk, PLAY.page(campaign)))
    moving_clock.advance(hours=1)
    trying(campaign)
    assert [show_promise(each, campaign).version for each in (inviter, sharer)] == [1, 1]
    assert not Exposure.objects.exists()
    # Nor is somebody whose friends came before she saw it herself.
    late = make_member()
    enter_code(newcomer().user, code_of(late), campaign_id=campaign.pk)
    assert show_promise(late, campaign).version == 1
    assert not Exposure.objects.exists()


def test_new_terms_of_the_campaign_change_no_arm_and_find_a_number() -> None:
    campaign = inviting()
    trying(campaign)
    other = dealt(campaign, "red_packet")
    draft = draft_of(campaign)
    campaign = campaigns.change(make_staff(), campaign, replace(draft, terms={**draft.terms, "inviter_amount": 900}))
    assert campaign.version == 3
    assert promised_by(other, campaign).version == 2
    assert promised_by(dealt(campaign, "as_set"), campaign).terms.inviter_amount == 500


def test_a_decision_makes_its_terms_the_campaigns_own() -> None:
    campaign = inviting()
    row = trying(campaign)
    own = dealt(campaign, "as_set")
    actions.decide(make_staff(), row, variant="red_packet", reason="cheaper for each kept customer")
    forget_running()
    campaign.refresh_from_db()
    assert (campaign.version, campaign.terms["inviter_benefit"]) == (2, "red_packet")
    assert show_promise(make_member(), campaign).version == 2
    assert show_promise(own, campaign).version == 1
    assert TermsVersion.objects.filter(campaign=campaign).count() == 2


def test_several_things_at_once() -> None:
    campaign = inviting(invited_benefit="coupon", invited_amount=300)
    switches = {**KINDS, "invitation.whom": ("as_set", "inviter")}
    row = trying(campaign, switches=switches)
    both = [
        (found.inviter_benefit, found.invited_benefit) for found in (terms_at(campaign.pk, number) for number in row.versions)
    ]
    assert both == [("points", "coupon"), ("points", "none"), ("red_packet", "red_packet"), ("red_packet", "none")]
    assert row.layer == campaign.number


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"campaign_id": None}, "experiments.campaign"),
        ({"switches": {**KINDS, "home.shelf": ("sold", "newest")}}, "experiments.campaign"),
        ({"switches": {"home.shelf": ("sold", "newest")}, "metric": "bought"}, "experiments.campaign"),
        ({"switches": {"invitation.kind": ("as_set", "points")}}, "campaigns.same_arms"),
        ({"switches": {"invitation.size": ("as_set", "double")}}, "campaigns.value"),
        ({"unit": "visitor"}, "experiments.unit"),
    ],
)
def test_what_cannot_be_tried(changes: dict[str, object], code: str) -> None:
    campaign = inviting(inviter_amount=600_000)
    with pytest.raises(DomainError) as refused:
        actions.compose(make_staff(), question(campaign, **changes))
    assert refused.value.code == code


def test_an_arm_that_a_rule_refuses_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = inviting()
    owner = make_staff()
    row = actions.compose(owner, question(campaign))
    plain = PLAY.facts(campaign.terms)

    def facts(terms: dict[str, object]) -> object:
        return replace(plain, reward_after="share") if terms["inviter_benefit"] == "red_packet" else plain

    monkeypatch.setattr(PLAY, "facts", facts)
    with pytest.raises(DomainError) as refused:
        actions.start(owner, row)
    assert refused.value.code == "campaigns.refused_by_policy"
    row.refresh_from_db()
    assert (row.status, TermsVersion.objects.filter(campaign=campaign).count()) == ("draft", 1)
    Campaign.objects.filter(pk=campaign.pk).update(status=Campaign.Status.STOPPED)
    with pytest.raises(DomainError, match=r"campaigns\.not_open"):
        actions.start(owner, Experiment.objects.get(pk=row.pk))


def test_pages_say_what_she_was_dealt(client: Client, statements: Statements) -> None:
    campaign = inviting()
    trying(campaign)
    other = dealt(campaign, "red_packet")
    client.force_login(other)
    assert "红包" in client.get("/play/invitation/").content.decode()
    share_page = client.get(f"/play/invitation/share/{campaign.pk}/").content.decode()
    assert "红包" in share_page
    assert "500 积分" not in share_page
    guest = Client()
    assert "红包" in guest.get(f"/play/invitation/c/{code_of(other)}/").content.decode()
    guest.force_login(newcomer().user)
    # Whose code she will enter nobody knows: nothing is promised there that might not be true.
    assert "积分" not in guest.get("/play/invitation/enter/").content.decode()
    with statements(2):
        promised_by(other, campaign)


def test_where_nothing_is_tried_a_promise_costs_no_statement(statements: Statements) -> None:
    campaign, member = inviting(), make_member()
    promised_by(member, campaign)
    with statements(0):
        promised_by(member, campaign)
        show_promise(member, campaign)


def test_a_held_out_member_is_dealt_nothing() -> None:
    campaign = inviting()
    owner = make_staff()
    held = Draft(
        title="对照组",
        hypothesis="Everything together is worth what it costs us to make it.",
        unit="member",
        metric="kept",
        lift_basis_points=1000,
        switches={},
        is_holdout=True,
        held_basis_points=5000,
    )
    actions.start(owner, actions.compose(owner, held))
    trying(campaign)
    for _each in range(12):
        show_promise(make_member(), campaign)
    of_both = Exposure.objects.filter(experiment__is_holdout=True, variant="held").values("user")
    assert of_both.exists()
    assert not Exposure.objects.filter(experiment__campaign=campaign, user__in=of_both).exists()


def test_the_console_composes_it_and_sets_the_promises_side_by_side(moving_clock: MovingClock) -> None:
    campaign = inviting(fields={"starts_at": clock.now() - timedelta(days=20)})
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_staff())
    new = reverse("console:experiment_new")
    editor = client.get(f"{new}?campaign={campaign.pk}").content.decode()
    assert f'<option value="{campaign.pk}" selected>' in editor
    typed = {
        "title": "红包还是积分",
        "hypothesis": "A red packet of the same worth brings more friends, because it is money.",
        "campaign": str(campaign.pk),
        "switch_invitation_kind": ["as_set", "red_packet"],
        "unit": "member",
        "audience": "everybody",
        "metric": "kept_cost",
        "lift_basis_points": "20",
        "window_days": "7",
        "layer_basis_points": "100",
        "traffic_basis_points": "100",
    }
    refused = client.post(new, typed | {"campaign": ""})
    assert "Please choose the campaign whose terms are tried" in refused.content.decode()
    client.post(new, typed)
    row = Experiment.objects.get()
    assert row.campaign == campaign
    client.post(reverse("console:experiment_start", args=[row.pk]))
    forget_running()
    other = dealt(campaign, "red_packet")
    # Her code is older than the campaign: her seven days begin when she was shown the promise all the same.
    InviteCode.objects.create(user=other, made_at=campaign.starts_at - timedelta(days=1))
    tied(other, campaign=campaign)
    moving_clock.advance(days=8)
    client.force_login(make_staff())
    address = reverse("console:experiment", args=[row.pk])
    page = client.get(address).content.decode()
    assert "What each promise brings" in page
    assert "Red packet" in page
    assert address in client.get(reverse("console:campaign_spread", args=[campaign.pk])).content.decode()
    _token, text = create_token(make_staff(Role.ANALYST), name="figures")
    own, packet = Program(text).get(f"/staff/experiments/{row.pk}/result")["incentives"]
    dealt_it = Exposure.objects.filter(variant="red_packet").count()
    assert (packet["version"], packet["people"], packet["counted"], packet["customers"]) == (2, dealt_it, dealt_it, 0)
    assert packet["k"]["value"] == pytest.approx(1 / dealt_it)
    assert (own["version"], packet["kept_customer_cost"]) == (1, None)
