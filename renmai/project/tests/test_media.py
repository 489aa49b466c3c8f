"""Uploaded pictures are served by their name only, and nothing else in the folder is; those of claims to those who may see the claim."""

import io
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from pytest_django import Settings

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.content import actions as content
from renmai.content.models import Post
from renmai.journeys import after_sale
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.clips import film
from renmai.journeys.tests.posts import given
from renmai.journeys.tests.world import Customer, agent_with_shop, buy, customer, goods, lines, refused, ship_all
from renmai.ordering.models import AfterSale, EvidencePicture, Order
from renmai.programs.actions import create_token

NAME = "ab" * 32


@pytest.fixture
def media(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = tmp_path / "media" / "pictures" / "ab"
    folder.mkdir(parents=True)
    (folder / f"{NAME}-1200.webp").write_bytes(b"picture")
    (folder / f"{NAME}.sqlite3").write_bytes(b"secret")
    (tmp_path / "secret-key").write_bytes(b"secret")
    return folder


def test_a_picture_is_served_for_ever(client: Client, media: Path) -> None:
    answer = client.get(f"/media/pictures/ab/{NAME}-1200.webp")
    assert b"".join(answer) == b"picture"
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        f"pictures/ab/{NAME}.sqlite3",
        f"pictures/ab/{NAME}-480.webp",
        "../secret-key",
        "pictures/ab/../../../secret-key",
        "pictures/ab/%2e%2e/%2e%2e/%2e%2e/secret-key",
        "pictures/ab/..%2f..%2f..%2fsecret-key",
        "pictures/ab/..\\..\\..\\secret-key",
        "pictures/ab/%252e%252e/secret-key",
        "pictures//etc/passwd",
        f"pictures/ab/{NAME}-1200.webp%00.html",
        f"pictures/ab/{NAME}-1200.webp%0a",
        f"pictures/ab/{NAME}-1200.webp%0d%0aX-Evil: 1",
        f"pictures/AB/{NAME}-1200.webp",
        f"pictures/ab/{NAME}-1200.WEBP",
        "claims/../../secret-key",
        f"claims/../pictures/ab/{NAME}-1200.webp",
        f"claims/A1/../../pictures/ab/{NAME}-1200.webp",
        "claims/A1/",
        "claims/",
        "pictures/ab/",
        "",
    ],
)
@pytest.mark.django_db
def test_nothing_else_is_served(client: Client, media: Path, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/static/../renmai.sqlite3",
        "/static/%2e%2e/secret-key",
        "/static/..%2fsecret-key",
        "/static/ui/%00",
        "/static//etc/passwd",
        "/pictures/p/../../secret-key-1-320.webp",
        "/pictures/p/tea-tin-1-321.webp",
        "/pictures/a/..%2f..%2fsecret.svg",
        "/pictures/e/%2e%2e.svg",
        "/agent/poster/..%2f..%2fsecret.png",
        "/s/..%2f..%2fsecret/poster.png",
    ],
)
@pytest.mark.django_db
def test_no_other_address_leads_out_of_its_folder(client: Client, media: Path, address: str) -> None:
    assert client.get(address).status_code == 404


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 10), "orange").save(buffer, "PNG")
    return buffer.getvalue()


def files(media: Path) -> list[str]:
    root = media.parents[1]
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and NAME not in path.name)


@pytest.fixture
def arrived() -> tuple[Customer, Order]:
    who, (peach,) = customer(), goods()
    return who, ship_all(make_staff(), buy(who, [(peach, 2)]))


@pytest.fixture
def claim(media: Path, arrived: tuple[Customer, Order]) -> AfterSale:
    """A claim with one picture."""
    who, order = arrived
    wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "return", 1, "damaged", pictures=(picture(),))
    return after_sale.request(who.user, wanted, idempotency_key="k")


def look(path: str, user: User | None = None, **headers: str) -> tuple[HttpResponse, bytes]:
    """Ask for a picture; return the answer and what was in it."""
    client = Client(headers=headers)
    if user is not None:
        client.force_login(user)
    answer = client.get(f"/media/{path}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return answer, content  # type: ignore[return-value]


@pytest.mark.django_db
class TestEvidence:
    def test_the_customer_and_the_staff_who_see_claims_see_its_pictures(self, claim: AfterSale) -> None:
        kept = EvidencePicture.objects.get().path
        assert kept.startswith(f"claims/{claim.number}/")
        may = [claim.order.buyer, *(make_staff(role) for role in (Role.OWNER, Role.SERVICE, Role.FULFILMENT, Role.AUDITOR))]
        for who in may:
            for path in (kept, kept.replace("-1200.", "-480.")):
                answer, content = look(path, who)
                assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
                assert content.startswith(b"RIFF")
                assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")

    def test_nobody_else_sees_them_whoever_has_the_address(self, claim: AfterSale) -> None:
        path = EvidencePicture.objects.get().path
        assert look(path)[0].headers["Location"].startswith("/sign-in/?next=%2Fmedia%2Fclaims%2F")
        for stranger in (make_member(), customer().user, agent_with_shop()[0].user, make_staff(Role.ANALYST)):
            assert look(path, stranger)[0].status_code == 404
        own = claim.order.buyer
        User.objects.filter(pk=own.pk).update(is_active=False)
        assert look(path, own)[0].status_code == 302

    def test_a_program_sees_them_with_a_key_of_somebody_who_may(self, claim: AfterSale) -> None:
        path = EvidencePicture.objects.get().path
        for user, status in ((claim.order.buyer, 200), (make_staff(), 200), (make_member(), 404)):
            assert look(path, authorization=f"Bearer {create_token(user, name='erp')[1]}")[0].status_code == status
        assert look(path, claim.order.buyer, authorization="Bearer renmai_wrong")[0].status_code == 401

    def test_a_claim_leads_to_its_own_pictures_only(self, claim: AfterSale, arrived: tuple[Customer, Order]) -> None:
        """Her own claim does not open the pictures of another one, nor those of goods, nor what is not there."""
        other = customer()
        order = ship_all(make_staff(), buy(other, [(goods()[0], 1)]))
        wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "other")
        own = after_sale.request(other.user, wanted, idempotency_key="k")
        name = EvidencePicture.objects.get().path.rpartition("/")[2]
        for path in (f"claims/{own.number}/{name}", f"claims/{own.number}/{NAME}-1200.webp", f"claims/A0/{name}"):
            assert look(path, other.user)[0].status_code == 404
        assert look(f"claims/{claim.number}/{name}", arrived[0].user)[0].status_code == 200

    def test_what_is_refused_leaves_no_file(self, media: Path, arrived: tuple[Customer, Order]) -> None:
        who, order = arrived
        line = lines(order)[0].pk
        good = (picture(),)
        drafts = {
            "ordering.claim_quantity": AfterSaleDraft(order.number, line, "return", 3, "damaged", pictures=good),
            "ordering.claim_reason": AfterSaleDraft(order.number, line, "return", 1, "whim", pictures=good),
            "ordering.pictures": AfterSaleDraft(order.number, line, "return", 1, "damaged", pictures=good * 7),
            "catalogue.picture_format": AfterSaleDraft(order.number, line, "return", 1, "damaged", pictures=(*good, b"<svg/>")),
            "catalogue.picture_broken": AfterSaleDraft(
                order.number, line, "return", 1, "damaged", pictures=(*good, b"\x89PNG\r\n\x1a\n broken")
            ),
        }
        for code, draft in drafts.items():
            with refused(code):
                after_sale.request(who.user, draft, idempotency_key="k")
        assert files(media) == []
        assert not EvidencePicture.objects.exists()

    def test_the_same_request_again_keeps_them_once(self, media: Path, claim: AfterSale, arrived: tuple[Customer, Order]) -> None:
        who, order = arrived
        wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "return", 1, "damaged", pictures=(picture(),))
        assert after_sale.request(who.user, wanted, idempotency_key="k").pk == claim.pk
        assert len(files(media)) == 2
        assert {Path(path).parts[:2] for path in files(media)} == {("claims", claim.number)}


@pytest.mark.django_db
class TestVideos:
    def shown(self) -> tuple[Post, bytes]:
        """A published post with a video, and the bytes of the file."""
        writer = make_staff()
        draft = content.compose_official(writer, given(video=io.BytesIO(film())))
        post = content.approve(make_staff(), content.publish(writer, draft), seen=1)
        return post, film()

    @pytest.mark.parametrize(
        ("asked", "status", "part", "said"),
        [
            ("", 200, slice(None), ""),
            ("bytes=0-1", 206, slice(0, 2), "bytes 0-1/{size}"),
            ("bytes=100-", 206, slice(100, None), "bytes 100-{last}/{size}"),
            ("bytes=-10", 206, slice(-10, None), "bytes {ten}-{last}/{size}"),
            ("bytes=5-99999999", 206, slice(5, None), "bytes 5-{last}/{size}"),
            ("bytes=0-1,5-6", 200, slice(None), ""),
            ("bytes=-", 200, slice(None), ""),
            ("lines=1-2", 200, slice(None), ""),
            ("bytes=9-5", 416, slice(0, 0), "bytes */{size}"),
            ("bytes=99999999-", 416, slice(0, 0), "bytes */{size}"),
            ("bytes=-0", 416, slice(0, 0), "bytes */{size}"),
        ],
    )
    def test_players_get_the_part_that_they_ask_for(self, media: Path, asked: str, status: int, part: slice, said: str) -> None:
        post, whole = self.shown()
        answer, sent = look(post.video.path, None, **({"range": asked} if asked else {}))
        assert (answer.status_code, sent) == (status, whole[part])
        places = {"size": len(whole), "last": len(whole) - 1, "ten": len(whole) - 10}
        assert answer.headers.get("Content-Range", "") == said.format(**places)
        assert (answer["Accept-Ranges"], answer["X-Content-Type-Options"]) == ("bytes", "nosniff")
        if status != 416:
            assert (answer["Content-Type"], answer["Content-Length"]) == ("video/mp4", str(len(sent)))

    def test_before_and_after_it_is_shown_it_is_not_for_everybody(self, media: Path) -> None:
        post, _whole = self.shown()
        assert look(post.video.path)[0]["Cache-Control"] == "public, max-age=3600"
        content.withdraw(make_staff(), post, seen=1, reason="it shows somebody's face")
        assert look(post.video.path)[0].status_code == 302
        assert look(post.video.path, make_member())[0].status_code == 404
        answer, _sent = look(post.video.path, make_staff())
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_the_icon_is_found_at_its_old_place(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"] == "/static/ui/favicon.svg"
