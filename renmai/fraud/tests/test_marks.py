"""One thing is one mark however it is written, and two things are two."""

import pytest

from renmai.fraud import marks
from renmai.fraud.cases import Kind

PATH = "广东省 深圳市 南山区"


@pytest.mark.parametrize(
    "written",
    [
        "科技园路12号阳光花园3栋2单元1101室",
        "科技园路 12 号 阳光花园 3 栋 2 单元 1101",
        "科技园路１２号阳光花园３幢２单元１１０１室",
        "科技园路十二号阳光花园三栋二单元1101房",
        "广东省深圳市南山区科技园路12号阳光花园3栋2单元1101室",
        "深圳南山科技园路12#阳光花园3号楼2单元1101",
        "广东省 深圳市 南山区 科技园路12号,阳光花园-3座-2单元-1101室",
        "科技園路12號陽光花園3棟2單元1101室".replace("園", "园").replace("陽", "阳"),
    ],
)
def test_one_home_has_one_mark(written: str) -> None:
    expected = marks.address("440305", "科技园路12号阳光花园3栋2单元1101室", region_path=PATH)
    assert marks.address("440305", written, region_path=PATH) == expected


@pytest.mark.parametrize(
    "other", ["科技园路12号阳光花园3栋2单元1102室", "科技园路12号阳光花园2栋3单元1101室", "科技园路21号阳光花园3栋2单元1101室"]
)
def test_neighbours_are_not_at_home(other: str) -> None:
    home = marks.address("440305", "科技园路12号阳光花园3栋2单元1101室", region_path=PATH)
    assert marks.address("440305", other, region_path=PATH) != home
    assert marks.address("440306", "科技园路12号阳光花园3栋2单元1101室") != home


@pytest.mark.parametrize(
    ("spoken", "number"), [("十", "10"), ("二十", "20"), ("二十三", "23"), ("一〇八", "108"), ("十六", "16")]
)
def test_spoken_numbers_are_read(spoken: str, number: str) -> None:
    assert marks.spell_street(f"春天路{spoken}号院") == f"春天路{number}号院"


def test_odd_numerals_never_fail() -> None:
    assert marks.spell_street("十十十里三十五十路") == "101010里3105" + "10路"


def test_a_place_that_is_named_only_by_its_region_is_no_place() -> None:
    assert marks.address("440305", "广东省深圳市南山区", region_path=PATH) is None
    assert marks.address("", "科技园路12号") is None


def test_customers_of_one_bank_have_nothing_in_common() -> None:
    one = marks.payout("6225 8800 0000 1234")
    assert one == marks.payout("6225-8800-0000-1234")
    assert one != marks.payout("6225 8800 0000 1235")
    assert marks.payout(" - ") is None
    assert marks.payout("Lin_1@Example") == marks.payout("lin_1@example")
    assert marks.payout("lin1@example") != marks.payout("lin_1@example")


def test_a_row_of_numbers_is_a_thousand_wide() -> None:
    assert marks.block("13800138000") == marks.block("13800138999")
    assert marks.block("13800138000") != marks.block("13800139000")
    assert marks.block("+85291234567") is marks.block("") is None
    assert marks.phone("+85291234567") is not None


def test_networks_and_browsers() -> None:
    assert marks.network("127.0.0.1") is marks.network("") is marks.device(" ") is None
    assert marks.network("2001:db8::1") == marks.network("2001:db8::ffff")
    assert marks.network("203.0.113.1") != marks.network("203.0.113.2")


def test_the_same_text_is_another_mark_as_another_kind() -> None:
    digests = {marks.digest(kind, "13800138000") for kind in Kind}
    assert len(digests) == len(Kind)
    assert all(len(digest) == marks.DIGEST_LENGTH for digest in digests)


def test_digests_need_the_key(settings: object) -> None:
    here, name = marks.phone("13800138000"), marks.key_name()
    settings.SECRET_KEY = "another-key-of-this-installation-0123456789"  # type: ignore[attr-defined]
    assert marks.phone("13800138000") != here
    assert marks.key_name() != name
