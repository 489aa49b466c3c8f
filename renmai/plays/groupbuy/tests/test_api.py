"""What programs read and do about groups."""

from typing import Any

import pytest
from django.test import Client

from renmai.accounts.models import User
from renmai.journeys.tests.world import customer
from renmai.plays.groupbuy.models import Group
from renmai.plays.groupbuy.tests.world import campaign, joined, now, opened

pytestmark = pytest.mark.django_db

BASE = "/api/v1/plays/groupbuy"


def program(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def said(answer: Any) -> Any:
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_offers_and_groups_as_they_are() -> None:
    running, friend, viewer = campaign(terms={"leader_off_fen": 100, "threshold": 2}), customer(), customer()
    (offer,) = said(program().get(f"{BASE}/offers"))["items"]
    assert (offer["campaign_id"], offer["paid_fen"], offer["leader_off_fen"], offer["minutes"]) == (running.pk, 2000, 100, 1440)
    assert offer["tiers"] == [{"people": 2, "price_fen": 2000}, {"people": 3, "price_fen": 1500}]
    past = opened(running, who=friend)
    joined(past, who=viewer)
    group = opened(running, who=friend)
    known = said(program(viewer.user).get(f"{BASE}/offers/{running.pk}/groups"))["items"]
    assert [each["number"] for each in known] == [group.number]
    shown = said(program().get(f"{BASE}/groups/{group.number}"))
    assert (shown["status"], shown["joined"], shown["size"], shown["price_fen"]) == ("open", 1, 3, None)
    assert shown["members"] == [{"name": f"{friend.user.display_name[:1]}**", "leads": True, "is_you": False}]


def test_leaving_and_one_s_own_places() -> None:
    who = customer()
    group = opened(campaign(), who=who)
    joined(group)
    (mine,) = said(program(who.user).get(f"{BASE}/mine"))["items"]
    assert (mine["group_number"], mine["status"], mine["group_status"]) == (group.number, "taken", "open")
    left = said(program(who.user).post(f"{BASE}/groups/{group.number}/leave"))
    assert (left["joined"], left["status"]) == (1, Group.Status.OPEN)
    again = program(who.user).post(f"{BASE}/groups/{group.number}/leave")
    assert (again.status_code, again.json()["code"]) == (409, "groupbuy.not_in")
    assert now(group).leader_id != who.user.pk
