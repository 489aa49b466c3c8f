"""Everything this room writes."""

from renmai.sharing.actions.attributing import Decision, decide, record
from renmai.sharing.actions.binding import bind, end_expired_bindings
from renmai.sharing.actions.leaving import forget_person
from renmai.sharing.actions.links import Landing, recognise_visitor, record_visit, share
from renmai.sharing.actions.restraining import lift_pause, mute, pause_sharer, unmute
from renmai.sharing.actions.shops import (
    ShopInput,
    choose_product,
    close_shop,
    decorate_shop,
    drop_product,
    move_product,
    open_shop,
    reopen_shop,
    write_voice,
)

__all__ = [
    "Decision",
    "Landing",
    "ShopInput",
    "bind",
    "choose_product",
    "close_shop",
    "decide",
    "decorate_shop",
    "drop_product",
    "end_expired_bindings",
    "forget_person",
    "lift_pause",
    "move_product",
    "mute",
    "open_shop",
    "pause_sharer",
    "recognise_visitor",
    "record",
    "record_visit",
    "reopen_shop",
    "share",
    "unmute",
    "write_voice",
]
