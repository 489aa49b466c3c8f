"""The model at work in a shop: it lifts what suits, says why in facts, names nobody, and is set aside aloud when it cannot serve."""

import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from renmai.accounts.actions import give_consent, withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.kernel.models import Alert
from renmai.matching import actions, comparing, making, queries, reading, scoring, selections
from renmai.matching.fitted import files, serving
from renmai.matching.fitted.files import Fault, Unusable
from renmai.matching.fitted.refitting import refit
from renmai.matching.fitted.tests.circles import acts_of, circles, later
from renmai.matching.models import Comparison
from renmai.matching.reading import Acts
from renmai.matching.shelf import Shelf
from renmai.matching.tests.town import bought, customer, goods, listed_for, looked_at, make_lists, seller
from renmai.ordering.models import AfterSale, OrderLine

pytestmark = pytest.mark.django_db


def alerts() -> list[str]:
    return list(Alert.objects.filter(code=files.ALERT, resolved_at__isnull=True).values_list("detail", flat=True))


def test_the_shop_gets_the_model_that_foresaw_its_last_month(home: Path) -> None:
    of_circle, members = circles()
    assert actions.refit(1) == 1
    said = files.manifest()
    files.check(said)
    assert said.model
    assert (said.people, said.asked_people, said.goods, said.orders) == (36, 36, 27, 180)
    assert {figure["model"] for figure in said.figures} >= {"popularity", said.model}
    assert [path.name for path in (home / "models").glob("*.npz")] == [said.file]
    assert actions.refit(1) == 0
    stock = making.stocktaking()
    assert stock.model is not None
    suits = stock.model.asked(acts_of(members[0])).suits()
    assert suits is not None
    hers = np.isin(stock.shelf.ids, [product.pk for product in of_circle[0]])
    new = ~np.isin(np.arange(len(suits)), acts_of(members[0]).place)
    assert suits[hers & new].min() > suits[~hers].max()
    assert alerts() == []


def test_lists_rest_on_the_model_and_say_why_in_facts(home: Path) -> None:
    of_circle, members = circles()
    hers = {int(place) for place in reading.read_shelf().ids[acts_of(members[0]).place]}
    own = {product.pk for product in of_circle[0]}

    def how_far_down() -> float:
        """The mean place, on her list of what is new to her, of what her circle takes to."""
        new = [entry.product_id for entry in queries.for_member(members[0]).entries if entry.product_id not in hers]
        return float(np.mean([place for place, product_id in enumerate(new) if product_id in own]))

    make_lists()
    without = how_far_down()
    actions.refit(1)
    selections.make_due()
    make_lists()
    assert how_far_down() < without
    entries = queries.for_member(members[0]).entries
    told = {why.about for entry in entries[:4] for why in entry.why if why.code == "together"}
    assert told
    assert told <= hers


def test_the_factor_counts_and_is_zero_for_who_has_no_past(home: Path) -> None:
    _of_circle, members = circles()
    actions.refit(1)
    stock = making.stocktaking()
    crowd = making.crowd_of(stock, acts_of(members[1]))
    assert crowd.modelled is not None
    assert "model" in scoring.factors(stock.shelf, crowd)
    stranger = making.crowd_of(stock, acts_of(customer()))
    assert stranger.modelled is None


def test_a_fault_of_each_kind_falls_back_and_is_said(home: Path) -> None:
    circles()
    shop, staff = seller(), make_staff(Role.OWNER)
    actions.refit(1)
    make_lists()
    with_model = listed_for(shop)

    def broken(fault: Fault) -> None:
        serving._read.clear()
        stock = making.stocktaking()
        assert stock.model is None
        assert [detail.partition(":")[0] for detail in alerts()] == ([] if fault in serving.QUIET else [fault.value])
        assert queries.model_now(staff).fault == fault
        selections.make_due()
        make_lists()
        assert listed_for(shop)

    kept = {path: path.read_bytes() for path in (home / "models").iterdir()}
    said = files.manifest()
    file, manifest = home / "models" / said.file, home / "models" / files.MANIFEST

    def put_back() -> None:
        for path, content in kept.items():
            path.write_bytes(content)
        serving._read.clear()
        assert making.stocktaking().model is not None
        assert alerts() == []

    def changed(**fields: object) -> None:
        manifest.write_text(json.dumps({**json.loads(manifest.read_text()), **fields}))

    faults: list[tuple[Fault, Callable[[], object]]] = [
        (Fault.MISSING, file.unlink),
        (Fault.CORRUPT, lambda: file.write_bytes(kept[file][:-40])),
        (Fault.CORRUPT, lambda: manifest.write_text("{")),
        (Fault.CORRUPT, lambda: manifest.write_text("[]")),
        (Fault.OTHER_VERSION, lambda: changed(code="0.0.1")),
        (Fault.OTHER_VERSION, lambda: changed(form=0)),
        (Fault.OTHER_VERSION, lambda: changed(model="crystal ball")),
        (Fault.OTHER_SHOP, lambda: changed(rests_on="of another shop")),
        (Fault.STALE, lambda: changed(made_at=(clock.now() - files.STALE_AFTER - timedelta(hours=1)).isoformat())),
        (Fault.STALE, lambda: changed(made_at=(clock.now() + timedelta(days=1)).isoformat())),
    ]
    for fault, harm in faults:
        harm()
        broken(fault)
        put_back()
    assert with_model


def test_what_is_broken_is_made_anew_at_once(home: Path) -> None:
    circles()
    actions.refit(1)
    first = files.manifest()
    (home / "models" / first.file).unlink()
    assert actions.refit(1) == 1
    second = files.manifest()
    assert second.file != first.file
    (home / "models" / second.file).write_bytes(b"no model")
    serving._read.clear()
    assert making.stocktaking().model is None
    assert actions.refit(1) == 1
    assert making.stocktaking().model is not None
    assert alerts() == []
    assert actions.refit(1) == 0


def test_a_model_of_other_goods_is_set_aside_and_new_goods_stand_in_the_middle(home: Path) -> None:
    of_circle, members = circles()
    actions.refit(1)
    new = goods(of_circle[0][0].category, 2)
    stock = making.stocktaking()
    assert stock.model is not None
    suits = stock.model.asked(acts_of(members[0])).suits()
    assert suits is not None
    at = stock.shelf.places([product.pk for product in new])
    others = np.setdiff1d(np.arange(len(stock.shelf)), at)
    assert suits[at] == pytest.approx(suits[others].mean())
    goods(of_circle[0][0].category, 30)
    assert making.stocktaking().model is None
    assert alerts() == [f"{Fault.OTHER_GOODS}: it knows 46% of the goods on sale"]


def test_a_young_shop_has_no_model_and_nobody_is_alarmed(home: Path) -> None:
    circles(9)
    assert making.stocktaking().model is None
    assert alerts() == []
    assert actions.refit(1) == 1
    assert (files.manifest().model, files.manifest().why) == ("", "too_few")
    assert making.stocktaking().model is None
    assert alerts() == []
    assert actions.refit(1) == 0
    with later(hours=25):
        assert actions.refit(1) == 1


@pytest.mark.parametrize("stage", ["the model", "the manifest"])
def test_a_full_disk_leaves_the_model_before(home: Path, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    circles()
    actions.refit(1)
    before = files.manifest()
    flushed = []

    def full(descriptor: int) -> None:
        flushed.append(descriptor)
        if len(flushed) == (1 if stage == "the model" else 2):
            raise OSError(28, "No space left on device")

    with later(hours=25):
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            actions.refit(1)
        assert files.manifest() == before
        assert sorted(path.name for path in (home / "models").iterdir()) == sorted([before.file, files.MANIFEST])
        assert making.stocktaking().model is not None


def test_dying_between_the_file_and_the_manifest_leaves_the_model_before_and_the_stray_is_swept(home: Path) -> None:
    circles()
    actions.refit(1)
    before = files.manifest()
    stray = home / "models" / "died-20260101T000000-00000000.npz"
    stray.write_bytes(b"half a model")
    assert making.stocktaking().model is not None
    with later(hours=25):
        actions.refit(1)
        assert stray.exists(), "another worker may be about to name it"
        young = files.manifest()
        assert not (home / "models" / before.file).exists()
    os.utime(stray, (0, 0))
    with later(hours=50):
        actions.refit(1)
    assert not stray.exists()
    assert not (home / "models" / young.file).exists()


def test_no_file_names_anybody(home: Path) -> None:
    """Ids of people are made unlike every other number here, so that one of them would be found wherever it stood."""
    circles()
    strange = 987_654_321
    who = User.objects.create(pk=strange, display_name="Xylographa")
    for purpose in (Purpose.RECOMMENDATIONS, Purpose.BROWSING):
        give_consent(who, purpose)
    shelf = list(Product.objects.order_by("pk"))
    for product in shelf[:5]:
        bought(who, product, days_ago=50)
    looked_at(who, shelf[6])
    actions.refit(1)
    assert files.manifest().people == 37
    for path in (home / "models").iterdir():
        if path.suffix == ".json":
            assert not re.search(rf"{strange}|Xylographa", path.read_text())
            continue
        with zipfile.ZipFile(path) as packed, np.load(path, allow_pickle=False) as stored:
            for name in stored.files:
                assert not (stored[name].astype(np.float64) == strange).any()
                assert strange.to_bytes(8, "little") not in packed.read(f"{name}.npy")
                assert 37 not in stored[name].shape


def test_who_withdraws_is_asked_about_no_more_and_her_looks_leave_with_the_next_refit(home: Path) -> None:
    of_circle, members = circles()
    member = members[0]
    give_consent(member, Purpose.BROWSING)
    looked_at(member, of_circle[1][0])
    actions.refit(1)
    make_lists()
    assert files.manifest().wishes == 1
    assert queries.for_member(member).is_personal
    withdraw_consent(member, Purpose.RECOMMENDATIONS)
    assert not queries.for_member(member).is_personal
    make_lists()
    assert member.pk not in set(actions._due_members(1000))
    with later(hours=25):
        actions.refit(1)
    assert files.manifest().wishes == 0


def test_the_comparison_fits_on_what_came_before_and_says_what_the_model_adds(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    circles()
    without = {result.strategy: result for result in comparing.compare().results}
    assert comparing.UNAIDED not in without
    actions.refit(1)
    read: list[datetime] = []
    really = reading.the_past

    def the_past(shelf: Shelf, *, since: datetime, until: datetime) -> Acts:
        read.append(until)
        return really(shelf, since=since, until=until)

    monkeypatch.setattr(reading, "the_past", the_past)
    assert actions.compare_strategies(1) == 1
    assert [clock.now() - until >= timedelta(days=comparing.HELD_OUT_DAYS) for until in read] == [True]
    found = {row["strategy"]: row for row in Comparison.objects.get().results}
    assert found[comparing.UNAIDED] == {**asdict(without["personal"]), "strategy": comparing.UNAIDED}
    assert found["personal"]["ndcg"] != found[comparing.UNAIDED]["ndcg"]


def test_what_was_called_off_before_it_left_is_a_wish(home: Path) -> None:
    circles(9)
    who = customer()
    line = bought(who, Product.objects.order_by("pk")[0], days_ago=5, returned=True)
    AfterSale.objects.filter(order_line=line).update(is_before_shipment=True)
    OrderLine.objects.filter(pk=line.pk).update(refunded_quantity=1)
    shelf, now = reading.read_shelf(), clock.now()
    acts = reading.the_past(shelf, since=now - reading.REMEMBERED, until=now)
    hers = acts.of(acts.person == who.pk)
    assert hers.is_order.tolist() == [0]
    assert hers.weight[0] == pytest.approx(reading.LOOK * 0.5 ** (5 / 60), rel=1e-3)


def test_a_manifest_lost_while_its_file_is_read_is_said(home: Path) -> None:
    circles()
    said = refit()
    with pytest.raises(Unusable) as missing:
        files.read(replace(said, file="gone.npz"))
    assert missing.value.fault is Fault.MISSING
