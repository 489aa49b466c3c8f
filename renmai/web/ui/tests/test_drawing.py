import hashlib
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from renmai.web.ui.drawing.portraits import draw_portrait
from renmai.web.ui.drawing.products import FALLBACK_MOTIF, MOTIFS, draw_product, draw_tile
from renmai.web.ui.drawing.scenes import DRAWINGS, ILLUSTRATIONS, draw_illustration

SVG = "{http://www.w3.org/2000/svg}"
FORBIDDEN_TAGS = {f"{SVG}script", f"{SVG}style", f"{SVG}image", f"{SVG}foreignObject"}


def check_svg(text: str) -> None:
    """The drawing parses, refers only to paints it defines, and carries nothing that a policy would have to allow."""
    root = ET.fromstring(text)  # noqa: S314 - our own drawing  # nosec B314
    assert root.tag == f"{SVG}svg"
    defined = {element.get("id") for element in root.iter() if element.get("id")}
    used = set()
    for element in root.iter():
        assert element.tag not in FORBIDDEN_TAGS
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            assert "nan" not in value
            if value.startswith("url(#"):
                used.add(value[5:-1])
    assert used == defined


@pytest.mark.parametrize("motif", sorted(MOTIFS))
def test_every_motif_is_a_clean_picture_and_always_the_same(motif: str) -> None:
    for seed in (0, 7, 9999):
        first = draw_product(motif, seed)
        assert first == draw_product(motif, seed)
        check_svg(first)
        assert len(first) < 60_000
    check_svg(draw_tile(motif))


def test_there_are_drawings_for_a_whole_shop() -> None:
    assert len(MOTIFS) >= 60
    assert FALLBACK_MOTIF in MOTIFS
    assert all(len(set(motif.colours)) >= 4 for motif in MOTIFS.values())


def test_no_two_products_of_a_shop_look_the_same() -> None:
    drawings = {draw_product(motif, seed) for motif in MOTIFS for seed in range(20)}
    assert len(drawings) == 20 * len(MOTIFS)


def test_faces_differ_and_stay() -> None:
    faces = {draw_portrait(f"member-{number}") for number in range(300)}
    assert len(faces) >= 290
    check_svg(draw_portrait("lin"))
    assert draw_portrait("lin") == draw_portrait("lin")


def test_illustrations() -> None:
    assert set(ILLUSTRATIONS) == set(DRAWINGS)
    for name in ILLUSTRATIONS:
        check_svg(draw_illustration(name))


def test_another_process_draws_the_same() -> None:
    program = (
        "import hashlib\nfrom renmai.web.ui.drawing.products import MOTIFS, draw_product\n"
        "print(hashlib.sha256(''.join(draw_product(m, 3) for m in sorted(MOTIFS)).encode()).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    here = hashlib.sha256("".join(draw_product(motif, 3) for motif in sorted(MOTIFS)).encode()).hexdigest()
    assert there.stdout.strip() == here
