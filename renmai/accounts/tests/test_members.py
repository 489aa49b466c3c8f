"""Members and their browsers."""

import uuid

import pytest
from django.test import override_settings
from django.utils import translation

from renmai.accounts import actions
from renmai.accounts.backend import SessionBackend
from renmai.accounts.events import VisitorRecognised
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member, make_phone
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent

pytestmark = pytest.mark.django_db


def events(name: str) -> list[dict[str, object]]:
    return [row.payload for row in OutboxEvent.objects.filter(name=name).order_by("pk")]


def test_a_known_visitor_comes_back_and_an_invented_id_is_not_taken() -> None:
    first = actions.visitor(None)
    assert actions.visitor(first.pk).pk == first.pk
    invented = uuid.uuid4()
    assert actions.visitor(invented).pk != invented
    assert Visitor.objects.count() == 2


def test_signing_in_ties_the_browser_to_the_person_once() -> None:
    user, visitor = make_member(), actions.visitor(None)
    assert actions.join_visitor(user, visitor).pk == visitor.pk
    assert actions.join_visitor(user, Visitor.objects.get(pk=visitor.pk)).pk == visitor.pk
    assert events("accounts.VisitorRecognised") == [{"visitor_id": str(visitor.pk), "user_id": user.pk}]
    assert Visitor.objects.get().user_id == user.pk


def test_a_browser_of_somebody_else_stays_theirs() -> None:
    first, second, visitor = make_member(), make_member(), actions.visitor(None)
    actions.join_visitor(first, visitor)
    theirs = actions.join_visitor(second, Visitor.objects.get(pk=visitor.pk))
    assert theirs.pk != visitor.pk
    assert theirs.user_id == second.pk
    assert Visitor.objects.get(pk=visitor.pk).user_id == first.pk
    assert len(events("accounts.VisitorRecognised")) == 1


def test_a_phone_is_one_member_however_it_is_written() -> None:
    first = actions.create_member("138 0013 8000", display_name="甲")
    assert actions.create_member("+86-138-0013-8000", display_name="乙").pk == first.pk
    assert first.phone == "13800138000"
    assert first.masked_phone == "138****8000"
    assert not first.has_usable_password()
    assert events("accounts.MemberJoined") == [{"user_id": first.pk}]


def test_wechat_creates_a_member_once_and_knows_a_closed_one() -> None:
    with translation.override("en"):
        user = actions.sign_in_openid("oWx-1")
    assert user.display_name.startswith("Friend ")
    assert user.language == "en"
    assert actions.sign_in_openid("oWx-1").pk == user.pk
    assert events("accounts.MemberJoined") == [{"user_id": user.pk}]
    User.objects.update(is_active=False)
    with pytest.raises(DomainError, match=r"accounts.closed"):
        actions.sign_in_openid("oWx-1")


@pytest.mark.parametrize("openid", ["", "x" * 65, "微信"])
def test_an_impossible_wechat_identity_is_refused(openid: str) -> None:
    with pytest.raises(DomainError, match=r"accounts.openid"):
        actions.sign_in_openid(openid)
    assert not User.objects.exists()


def test_a_name_is_tidied_and_a_senseless_one_refused() -> None:
    user = make_member()
    actions.rename(user, "  李\u200b 雷 \n ")
    assert User.objects.get(pk=user.pk).display_name == "李 雷"
    for name in ("", " ", "…!?", "x" * 41, "啊" * 9):
        with pytest.raises(DomainError) as refusal:
            actions.rename(user, name)
        assert (refusal.value.code, refusal.value.field) == ("accounts.name", "display_name")
    assert User.objects.get(pk=user.pk).display_name == "李 雷"


def test_only_languages_of_the_shop_can_be_chosen() -> None:
    user = make_member()
    actions.set_language(user, "en")
    with pytest.raises(DomainError, match=r"accounts.language"):
        actions.set_language(user, "tlh")
    assert User.objects.get(pk=user.pk).language == "en"


def test_a_session_of_a_closed_or_deleted_account_is_nobody() -> None:
    user = make_member()
    assert SessionBackend().get_user(user.pk) == user
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert SessionBackend().get_user(user.pk) is None


@override_settings(LANGUAGE_CODE="zh-hans")
def test_a_member_made_by_a_machine_speaks_the_language_of_the_shop() -> None:
    with translation.override(None):
        assert make_member(phone=make_phone()).language == "zh-hans"


def test_a_new_browser_of_somebody_signed_in_is_hers_from_the_start() -> None:
    member = make_member()
    mine = actions.visitor(None, user=member)
    assert (mine.user_id, mine.joined_at is not None) == (member.pk, True)
    assert not OutboxEvent.objects.filter(name=VisitorRecognised.NAME).exists()
    assert actions.visitor(mine.pk, user=make_member()).user_id == member.pk
