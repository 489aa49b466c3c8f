"""Short videos: what is one, what is kept of it, who looks at it first, who may see it."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.content import actions, queries
from renmai.content.audit import violations
from renmai.content.clips import Clip, digest_of, keep_clip, read_clip, type_of
from renmai.content.clips.mp4 import MOST_MOOV
from renmai.content.models import Post, PostVideo
from renmai.journeys.deleting import erase
from renmai.journeys.tests import posts
from renmai.journeys.tests.clips import BEHIND_THE_SAMPLES, box, element, film, number, track_of_notes, webm
from renmai.journeys.tests.test_content_writing import picture
from renmai.journeys.tests.world import agent_with_shop, goods, refused
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.policy.actions import change_setting

FORMAT, BROKEN = "content.video_format", "content.video_broken"
GOOD = film(place=b"+31.2304+121.4737/")
SOUND = element("AE", number("D7", 2), number("83", 2), element("86", b"A_OPUS"))
SUBTITLES = element("AE", number("D7", 2), number("83", 17), element("86", b"S_TEXT"))
LATE = element("1F43B675", number("E7", 9000), element("A0", element("A1", b"\x81\x00\x0a\x00", b"frame"), number("9B", 40)))


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def read(data: bytes) -> Clip:
    return read_clip(io.BytesIO(data), len(data))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (film(), (3000, 640, 360)),
        (film(sound=None), (3000, 640, 360)),
        (film(is_turned=True, brand=b"qt  "), (3000, 360, 640)),
        (film(is_long=True, seconds=59), (59_000, 640, 360)),
        (film(claimed=1), (3000, 640, 360)),
        (film(claimed=3600), (3_600_000, 640, 360)),
        (webm(), (3000, 640, 360)),
        (webm(codec=b"V_VP9\0", more_tracks=SOUND), (3000, 640, 360)),
        (webm(claimed=1.0), (2000, 640, 360)),
        (webm(more_parts=LATE), (9050, 640, 360)),
        (webm(more_of_picture=number("54B0", 360) + number("54BA", 640)), (3000, 360, 640)),
        (webm(more_of_picture=number("54B0", 16) + number("54BA", 9) + number("54B2", 3)), (3000, 640, 360)),
    ],
)
def test_what_phones_record_is_read_and_the_longest_of_its_lengths_counts(data: bytes, expected: tuple[int, int, int]) -> None:
    clip = read(data)
    assert (clip.milliseconds, clip.width, clip.height) == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FORMAT),
        (b"\x1aE\xdf\xa3" + bytes(200), BROKEN),
        (webm(kind="matroska"), FORMAT),
        (webm(codec=b"V_MPEG4/ISO/AVC"), FORMAT),
        (webm(more_of_track=element("6D80")), FORMAT),
        (webm(more_tracks=SUBTITLES), FORMAT),
        (webm(more_tracks=SOUND + SOUND), FORMAT),
        (webm(seconds=0), BROKEN),
        (webm(claimed=float("nan")), BROKEN),
        (webm(claimed=float("inf")), BROKEN),
        (webm(claimed=0.0), BROKEN),
        (webm(width=0), BROKEN),
        (webm(height=60_000), BROKEN),
        (webm()[:-1], BROKEN),
        (webm(behind=b"\xec\x80"), BROKEN),
        (webm(segment_size=b"\x01" + b"\xff" * 7), BROKEN),
        (webm(more_parts=element("1549A966")), BROKEN),
        (webm(more_parts=b"\xec\x80" * 70_000), BROKEN),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), FORMAT),
        (film(brand=b"heic"), FORMAT),
        (film(codec=b"hvc1"), FORMAT),
        (film(sound=b"ac-3"), FORMAT),
        (film(more_of_moov=box(b"mvex")), FORMAT),
        (film(behind=box(b"moof")), FORMAT),
        (film(seconds=0), BROKEN),
        (film(width=0), BROKEN),
        (film(width=60_000), BROKEN),
        (film()[:-1], BROKEN),
        (film()[:40], BROKEN),
        (film(behind=film()[film().index(b"moov") - 4 :]), BROKEN),
        (film(more_tracks=box(b"trak")), BROKEN),
        (film(more_tracks=track_of_notes((0, 8))), BROKEN),
        (film(more_tracks=track_of_notes((28, 2**16))), BROKEN),
        (film(behind=struct.pack(">I4s", 2**31, b"free")), BROKEN),
        (film(behind=struct.pack(">I4sQ", 1, b"free", 2**63)), BROKEN),
        (film(behind=box(b"free") * 5000), BROKEN),
        (film(more_of_moov=box(b"free") * 5000), BROKEN),
        (film(more_of_moov=box(b"free", bytes(MOST_MOOV))), BROKEN),
    ],
)
def test_what_is_no_such_video_is_refused_beside_the_field(data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as raised:
        read(data)
    assert (raised.value.code, raised.value.field) == (code, "video")


def test_boxes_within_boxes_are_not_followed() -> None:
    nested = b"x"
    for _depth in range(3000):
        nested = box(b"meta", nested)
    clip = read(film(more_of_moov=nested))
    assert clip.milliseconds == 3000


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), good=st.sampled_from([GOOD, webm(more_tracks=SOUND, more_parts=LATE)]))
def test_whatever_is_uploaded_is_a_video_or_refused(data: st.DataObject, good: bytes) -> None:
    """Bytes overwritten, cut out and put in anywhere: never another error, never a length or size that is none."""
    spoilt = bytearray(good)
    for _change in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(spoilt) - 1))
        way = data.draw(st.sampled_from(["write", "cut", "insert"]))
        some = data.draw(st.binary(min_size=1, max_size=8))
        if way == "cut":
            del spoilt[place : place + len(some)]
        else:
            spoilt[place : place + (len(some) if way == "write" else 0)] = some
    found = outcome(bytes(spoilt))
    assert found in {FORMAT, BROKEN} or (
        isinstance(found, Clip) and found.milliseconds > 0 and min(found.width, found.height) > 0
    )


def outcome(data: bytes) -> Clip | str:
    """Return the video, or why it is none."""
    try:
        return read(data)
    except DomainError as error:
        return error.code


def test_where_it_was_taken_is_not_kept_and_nothing_else_moves(media: Path) -> None:
    taken = film(place=b"+31.2304+121.4737/", behind=box(b"uuid", b"made by a telephone"))
    clip, file = read(taken), io.BytesIO(taken)
    stored = keep_clip(file, clip, name=digest_of(file, clip))
    kept = (media / stored.path).read_bytes()
    assert b"31.2304" in taken
    assert b"31.2304" not in kept
    assert b"telephone" not in kept
    assert (len(kept), stored.bytes) == (len(taken), len(taken))
    assert kept[: kept.index(b"free")] == taken[: kept.index(b"free")]
    assert read(kept).milliseconds == clip.milliseconds
    assert Path(stored.path).name == f"{digest_of(io.BytesIO(kept), read(kept))}.mp4"


def test_what_a_camera_notes_among_the_pictures_is_not_kept_and_the_pictures_are(media: Path) -> None:
    """Cameras write every second where they are, as a track of its own whose samples lie among those of the pictures."""
    told = b"N31.2304E121.4737 N31.2305E121.4738"
    chunks = ((BEHIND_THE_SAMPLES, 18), (BEHIND_THE_SAMPLES + 18, len(told) - 18))
    taken = film(told=told, more_tracks=track_of_notes(*chunks))
    clip, file = read(taken), io.BytesIO(taken)
    kept = (media / keep_clip(file, clip, name=digest_of(file, clip)).path).read_bytes()
    assert told in taken
    assert (len(kept), kept[:BEHIND_THE_SAMPLES]) == (len(taken), taken[:BEHIND_THE_SAMPLES])
    assert kept[BEHIND_THE_SAMPLES:].startswith(bytes(len(told)))
    assert read(kept).milliseconds == clip.milliseconds


def test_what_wrote_a_webm_and_what_it_says_besides_is_not_kept(media: Path) -> None:
    said = element("1254C367", b"taken in Hangzhou")
    taken = webm(more_parts=said + b"\xbf\x84abcd", more_of_track=element("536E", b"her camera"))
    clip, file = read(taken), io.BytesIO(taken)
    stored = keep_clip(file, clip, name=digest_of(file, clip))
    kept = (media / stored.path).read_bytes()
    assert all(words in taken for words in (b"Hangzhou", b"her camera", b"telephone", b"abcd"))
    assert not any(words in kept for words in (b"Hangzhou", b"her camera", b"telephone", b"abcd"))
    again = read(kept)
    assert (len(kept), again.milliseconds, type_of(stored.path)) == (len(taken), 3000, "video/webm")
    assert digest_of(io.BytesIO(kept), again) == Path(stored.path).stem


@pytest.mark.django_db
class TestPosts:
    def test_a_video_always_waits_for_a_second_person(self) -> None:
        (sku,) = goods()
        _agent, shop = agent_with_shop()
        writer, other = make_staff(), make_staff()
        made = posts.given(sku.product, video=io.BytesIO(GOOD))
        hers = actions.publish(shop.owner, actions.compose(shop.owner, made))
        ours = actions.publish(writer, actions.compose_official(writer, made))
        assert {(post.status, post.needed_look) for post in (hers, ours)} == {("review", True)}
        with refused("content.same_person"):
            actions.approve(writer, ours, seen=1)
        assert actions.approve(other, ours, seen=1).status == "published"
        assert list(violations()) == []
        Post.objects.filter(pk=hers.pk).update(status="published", published_at=hers.created_at, needed_look=False)
        assert [str(found).partition(":")[0] for found in violations()] != []

    def test_with_a_video_one_picture_is_enough(self) -> None:
        (sku,) = goods()
        _agent, shop = agent_with_shop()
        with refused("content.video_or_pictures"):
            actions.compose(shop.owner, posts.given(sku.product, video=io.BytesIO(GOOD), pictures=[picture()] * 2))
        draft = actions.compose(shop.owner, posts.given(sku.product, video=io.BytesIO(GOOD)))
        first = PostVideo.objects.get()
        poster = actions.add_picture(shop.owner, draft, picture())
        with refused("content.video_or_pictures"):
            actions.add_picture(shop.owner, draft, picture())
        actions.set_video(shop.owner, draft, io.BytesIO(film(seconds=9)))
        assert PostVideo.objects.get().milliseconds == 9000
        assert PostVideo.objects.get().path != first.path
        words = posts.given(sku.product, kept_picture_ids=[poster.pk])
        assert actions.change(shop.owner, draft, words).video.milliseconds == 9000
        actions.remove_video(shop.owner, draft)
        with refused("request.not_found"):
            actions.remove_video(shop.owner, draft)
        assert Post.objects.get().revision == 5
        actions.set_video(shop.owner, draft, io.BytesIO(GOOD))
        actions.change(shop.owner, draft, posts.given(sku.product, keeps_video=False))
        assert not PostVideo.objects.exists()

    def test_the_operator_says_how_long_and_how_large(self, media: Path) -> None:
        (sku,) = goods()
        _agent, shop = agent_with_shop()
        owner = make_staff()
        with refused("content.video_long"):
            actions.compose(shop.owner, posts.given(sku.product, video=io.BytesIO(film(seconds=61))))
        change_setting(owner, "content.video_seconds", value=61, reason="as a test")
        assert (
            actions.compose(shop.owner, posts.given(sku.product, video=io.BytesIO(film(seconds=61)))).video.milliseconds == 61_000
        )
        change_setting(owner, "content.video_mebibytes", value=1, reason="as a test")
        large = film(behind=box(b"free", bytes(1024 * 1024)))
        with refused("content.video_large"):
            actions.compose(shop.owner, posts.given(sku.product, video=io.BytesIO(large)))
        assert len(list(media.rglob("*.mp4"))) == 1
        assert queries.count_videos(over_milliseconds=60_999) == 1
        assert queries.count_videos(over_milliseconds=61_000) == 0

    def test_it_is_for_everybody_only_while_a_published_post_shows_it(self) -> None:
        (sku,) = goods()
        _agent, shop = agent_with_shop()
        waiting = actions.publish(shop.owner, actions.compose(shop.owner, posts.given(sku.product, video=io.BytesIO(GOOD))))
        path = waiting.video.path
        assert not queries.is_shown(path)
        queries.access_video(shop.owner, path)
        queries.access_video(make_staff(), path)
        with refused("request.not_found"):
            queries.access_video(make_member(), path)
        with refused("request.not_found"):
            queries.access_video(make_staff(), "videos/00/none.mp4")
        post = actions.approve(make_staff(), waiting, seen=1)
        assert queries.is_shown(path)
        actions.take_back(shop.owner, post)
        assert not queries.is_shown(path)
        queries.access_video(shop.owner, path)

    def test_it_goes_with_its_authors_account_unless_another_post_shows_the_same(self, media: Path) -> None:
        (sku,) = goods()
        first, second = (agent_with_shop()[1].owner for _each in range(2))
        for who in (first, second):
            actions.compose(who, posts.given(sku.product, video=io.BytesIO(GOOD)))
        for who, left in ((first, 1), (second, 0)):
            User.objects.filter(pk=who.pk).update(deleted_at=clock.now())
            erase(who.pk)
            assert len(list(media.rglob("*.mp4"))) == left
        assert not PostVideo.objects.exists()
