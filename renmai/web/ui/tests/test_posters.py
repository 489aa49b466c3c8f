import io
from dataclasses import replace
from time import perf_counter

import pytest
from PIL import Image

from renmai.web.ui import typesetting
from renmai.web.ui.posters import MAX_LINK, PosterContent, poster_png

CONTENT = PosterContent(
    title="阳山水蜜桃 现摘现发 8 只装礼盒",
    price_fen=12900,
    currency="CNY",
    agent_name="林小满",
    avatar_seed="lin",
    voice="我家每周都买，皮薄多汁。",
    link="https://shop.example/s/AbC123",
    disclosure="推荐人从这笔交易获得佣金，价格与平台一致。",
    motif="peach-box",
    picture_seed=3,
)


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def test_a_poster_is_1080_by_1440_and_always_the_same() -> None:
    first = poster_png(CONTENT)
    image = opened(first)
    assert (image.format, image.size) == ("PNG", (1080, 1440))
    assert first == poster_png(CONTENT)
    assert len(first) < 900_000


def test_every_part_changes_the_poster() -> None:
    base = poster_png(CONTENT)
    changes = (
        replace(CONTENT, title="另一件"),
        replace(CONTENT, price_fen=12901),
        replace(CONTENT, agent_name="王"),
        replace(CONTENT, voice=""),
        replace(CONTENT, link="https://shop.example/s/AbC124"),
        replace(CONTENT, disclosure="别的话"),
        replace(CONTENT, picture_seed=4),
        replace(CONTENT, avatar_seed="wang"),
    )
    posters = [poster_png(change) for change in changes]
    assert base not in posters
    assert len(set(posters)) == len(changes)


def test_the_code_has_its_quiet_zone_and_dark_finder() -> None:
    image = opened(poster_png(CONTENT)).convert("L")
    assert image.getpixel((750, 1058)) == 255
    corner = image.crop((760, 1068, 830, 1138))
    shades = corner.tobytes()
    assert min(shades) < 60
    assert max(shades) > 240


def test_long_texts_stay_inside_and_are_drawn_in_time() -> None:
    long = replace(
        CONTENT, title="很长的标题 " * 60, voice="wordswithoutanybreak" * 20, disclosure="披露 " * 200, agent_name="名" * 200
    )
    started = perf_counter()
    image = opened(poster_png(long))
    assert perf_counter() - started < 8
    margin = image.crop((1040, 900, 1080, 1280)).convert("L")
    assert min(margin.tobytes()) > 200


def test_an_uploaded_picture_is_shown() -> None:
    photo = io.BytesIO()
    Image.new("RGB", (3000, 2000), (10, 200, 30)).save(photo, "JPEG")
    image = opened(poster_png(replace(CONTENT, picture=photo.getvalue()))).convert("RGB")
    red, green, blue = image.crop((540, 300, 541, 301)).tobytes()
    assert green > 180
    assert max(red, blue) < 60


@pytest.mark.parametrize("link", ["", "x" * (MAX_LINK + 1)])
def test_a_link_has_a_sensible_length(link: str) -> None:
    with pytest.raises(ValueError, match="link"):
        poster_png(replace(CONTENT, link=link))


def test_wrapping_keeps_words_and_punctuation() -> None:
    assert typesetting.pieces("好茶，Tea set") == ["好", "茶，", "Tea ", "set"]
    lines = typesetting.wrap("阳山水蜜桃，现摘现发，坏果包赔", size=40, width=240, lines=3)
    assert all(line[0] not in typesetting.NEVER_FIRST for line in lines)
    assert all(typesetting.width_of(line, 40) <= 240 + 40 for line in lines)
    assert typesetting.wrap("一二三四五六七八九十", size=40, width=200, lines=1)[0].endswith("…")
