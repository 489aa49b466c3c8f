import io
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from PIL import Image

from renmai.web.ui import pictures


def test_raster_has_the_width_that_was_asked() -> None:
    for width in (96, 480):
        with Image.open(io.BytesIO(pictures.product_webp("tea-tin", 5, width))) as image:
            assert (image.format, image.size) == ("WEBP", (width, width))


def test_pictures_are_served_for_ever(client: Client) -> None:
    answers = {
        pictures.product_url("peach-box", 12, width=320): "image/webp",
        reverse("ui:product_svg", args=["peach-box", 12]): "image/svg+xml",
        pictures.avatar_url("lin-7"): "image/svg+xml",
        pictures.tile_url("wok"): "image/svg+xml",
        pictures.illustration_url("cart"): "image/svg+xml",
    }
    for address, kind in answers.items():
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, kind)
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in response


@pytest.mark.parametrize(
    "address",
    [
        "/pictures/p/no-such-thing-3.svg",
        "/pictures/p/wok-3-481.webp",
        "/pictures/p/wok-10000.svg",
        "/pictures/p/wok-03.svg",
        "/pictures/e/no-such-scene.svg",
        f"/pictures/a/{'x' * 41}.svg",
    ],
)
def test_nobody_makes_the_server_draw_something_else(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_unknown_motif_becomes_a_parcel_and_seeds_wrap() -> None:
    assert pictures.product_url("", 10_001, width=160) == "/pictures/p/parcel-1-160.webp"


def test_uploaded_picture_wins_over_the_drawing() -> None:
    product = SimpleNamespace(motif="wok", picture_seed=1, picture_path="products/a b.webp")
    html = Template('{% load ui %}{% product_picture product "card" alt=title %}').render(
        Context({"product": product, "title": "<wok>"})
    )
    assert 'src="/media/products/a%20b.webp"' in html
    assert "srcset" not in html
    assert 'alt="&lt;wok&gt;"' in html


def test_drawn_picture_names_its_candidates_and_its_size() -> None:
    product = SimpleNamespace(motif="wok", picture_seed=1)
    html = Template('{% load ui %}{% product_picture product "full" eager=True %}').render(Context({"product": product}))
    assert 'srcset="/pictures/p/wok-1-480.webp 480w, /pictures/p/wok-1-750.webp 750w, /pictures/p/wok-1-1080.webp 1080w"' in html
    assert 'width="480" height="480"' in html
    assert 'loading="lazy"' not in html


def test_avatar_of_an_uploaded_picture() -> None:
    assert pictures.avatar_url("shops/7.webp") == "/media/shops/7.webp"
    assert pictures.avatar_url("/media/x.webp") == "/media/x.webp"
    assert pictures.avatar_url("") == "/pictures/a/nobody.svg"
