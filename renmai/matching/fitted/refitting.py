"""Choosing and fitting anew: the shop's past is read, the models are held against its last month, the best is fitted on all of it and kept."""

import time
from dataclasses import asdict
from datetime import timedelta
from typing import Final

from django.db.models import Max

from renmai import __version__
from renmai.kernel import clock
from renmai.matching import reading
from renmai.matching.fitted import files
from renmai.matching.fitted.choosing import choose, lineup
from renmai.matching.fitted.files import FORMAT, Contents, Manifest
from renmai.matching.fitted.pasts import known
from renmai.matching.reading import Acts
from renmai.matching.shelf import Shelf
from renmai.ordering.models import Order

HELD_OUT: Final = timedelta(days=30)


def refit() -> Manifest:
    """Choose, fit and keep the model that is to serve; return its manifest. Raises ``OSError`` when it cannot be written: the one before stays.

    Nothing is held in a transaction meanwhile, and nothing of what is written names a person.
    """
    now, began = clock.now(), time.process_time()
    newest = Order.objects.aggregate(newest=Max("pk"))["newest"]
    rests_on = Order.objects.filter(pk=newest).values_list("number", flat=True).first() or ""
    shelf = reading.read_shelf()
    acts = reading.the_past(shelf, since=now - reading.REMEMBERED, until=now)
    choice = choose(*_parted(shelf, acts), len(shelf))
    contents = None
    if choice.chosen:
        model = lineup(len(shelf))[choice.chosen].fit(known(acts, len(shelf)).past)
        contents = Contents(shelf.ids, model.learnt())
    about = Manifest(
        model=choice.chosen,
        why=choice.why,
        made_at=now,
        file="",
        checksum="",
        code=__version__,
        form=FORMAT,
        rests_on=rests_on,
        people=len(set(acts.person.tolist())),
        goods=len(shelf),
        orders=int((acts.is_order == 1).sum()),
        wishes=int((acts.is_order == 0).sum()),
        seconds=round(time.process_time() - began, 1),
        held_out_days=HELD_OUT.days,
        asked_people=choice.people,
        asked_pairs=choice.pairs,
        figures=tuple(asdict(figure) for figure in choice.figures),
    )
    return files.keep(about, contents)


def _parted(shelf: Shelf, acts: Acts) -> tuple[Acts, Acts]:
    """Return what was done before the last ``HELD_OUT``, and in it. A weight falls with age, so it tells the two apart."""
    bar = 0.5 ** (HELD_OUT.days / reading.HALF_LIFE_DAYS)
    worth = acts.weight.copy()
    worth[acts.is_order == 0] /= reading.LOOK
    return acts.of(worth < bar), acts.of(worth >= bar)
