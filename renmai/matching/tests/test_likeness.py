"""Pictures of like colours and lines, and titles of like words, are near each other."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from renmai.catalogue.models import Product
from renmai.catalogue.tests.factories import make_product
from renmai.matching import likeness


def striped(colour: str, *, step: int, upright: bool) -> Image.Image:
    image = Image.new("RGB", (240, 240), "white")
    draw = ImageDraw.Draw(image)
    for at in range(0, 240, 2 * step):
        draw.rectangle((at, 0, at + step, 240) if upright else (0, at, 240, at + step), fill=colour)
    return image


def near(one: Image.Image, other: Image.Image) -> float:
    return float(likeness.picture_features(one) @ likeness.picture_features(other))


def test_a_picture_is_most_like_itself_in_any_size() -> None:
    image = striped("crimson", step=20, upright=True)
    assert near(image, image) == pytest.approx(1.0)
    assert near(image, image.resize((90, 90))) > 0.97


def test_colour_and_direction_both_tell_pictures_apart() -> None:
    red = striped("crimson", step=20, upright=True)
    assert near(red, striped("firebrick", step=20, upright=True)) > near(red, striped("navy", step=20, upright=True))
    assert near(red, striped("crimson", step=24, upright=True)) > near(red, striped("crimson", step=20, upright=False))


TITLES = [
    ["水蜜", "蜜桃", "新鲜", "水果"],
    ["黄桃", "新鲜", "水果", "蜜桃"],
    ["樱桃", "新鲜", "水果"],
    ["跑步", "跑鞋", "运动"],
    ["运动", "跑鞋", "透气"],
    ["透气", "跑步", "鞋"],
]


def test_words_that_stand_together_bring_goods_together() -> None:
    vectors = likeness.word_vectors(TITLES)
    alike = vectors @ vectors.T
    assert alike[:3, :3].min() > alike[:3, 3:].max()
    assert alike[3:, 3:].min() > alike[3:, :3].max()
    assert np.allclose(vectors, likeness.word_vectors(TITLES))


@pytest.mark.parametrize("texts", [[], [["one"]], [["a"], ["b"]], [["a", "b"], ["a", "b"], []]])
def test_a_catalogue_too_small_to_learn_from_gives_finite_vectors(texts: list[list[str]]) -> None:
    vectors = likeness.word_vectors(texts)
    assert vectors.shape[0] == len(texts)
    assert np.isfinite(vectors).all()


def drawn(_path: str, motif: str, seed: int) -> Image.Image | None:
    return striped("crimson" if motif == "red" else "navy", step=10 + seed, upright=True)


@pytest.fixture
def home(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.RENMAI_HOME = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.mark.django_db
def test_pictures_are_looked_at_once_and_again_when_they_change(home: Path) -> None:
    goods = [
        make_product(f"{word}礼盒", motif=motif, picture_seed=1) for word, motif in (("桃", "red"), ("梨", "red"), ("鞋", "blue"))
    ]
    assert likeness.refresh(drawn, 10) == 2  # two of them share one drawing
    assert likeness.refresh(drawn, 10) == 0
    ids = np.array([each.pk for each in goods])
    red, same, blue = likeness.kept_vectors(ids)
    assert red @ same > red @ blue
    Product.objects.filter(pk=goods[0].pk).update(picture_seed=3)
    assert likeness.refresh(drawn, 10) == 1


@pytest.mark.django_db
def test_without_a_file_or_with_a_broken_one_nothing_is_alike(home: Path) -> None:
    ids = np.array([1, 2, 3])
    assert not likeness.kept_vectors(ids).any()
    assert not likeness.has_vectors()
    broken = home / "matching" / likeness.FILE_NAME
    broken.parent.mkdir()
    broken.write_bytes(b"PK not a file of ours")
    assert not likeness.kept_vectors(ids).any()
    make_product()
    assert likeness.refresh(drawn, 10) == 1
    assert likeness.has_vectors()


@pytest.mark.django_db
def test_many_pictures_are_looked_at_in_portions(home: Path) -> None:
    for seed in range(5):
        make_product(motif="red", picture_seed=seed)
    assert [likeness.refresh(drawn, 2) for _run in range(4)] == [2, 2, 1, 0]


def test_the_palette_is_a_share_of_the_picture() -> None:
    half = Image.new("RGB", (100, 100), "red")
    half.paste("white", (0, 0, 50, 100))
    colours = np.asarray(half.convert("HSV"), dtype=np.float64).reshape(-1, 3) / 255
    shares = sorted(likeness._palette(colours))[-2:]
    assert shares == [0.5, 0.5]
    assert all(one <= other for one, other in pairwise(shares))
