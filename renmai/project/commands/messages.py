"""``renmai messages``: keep the translations of the rooms complete."""

import argparse

HELP = "Collect the rooms' strings into their catalogues and say what is untranslated."
EXAMPLE = "renmai messages ordering web.ui"
HIDDEN = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """The rooms to look at; none means all."""
    parser.add_argument("room", nargs="*", help="name of a room, such as ordering or web.ui")
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 when something is untranslated, or translated differently in two rooms",
    )


def run(options: argparse.Namespace) -> int:
    """Update the catalogues, or with ``--check`` list every gap and every sentence that two rooms translate differently."""
    from renmai.project import messages
    from renmai.project.problems import Problem

    rooms = {messages.room_name(room): room for room in messages.rooms()}
    unknown = sorted(set(options.room) - set(rooms))
    if unknown:
        raise Problem(f"there is no room called {unknown[0]}.")
    chosen = options.room or list(rooms)
    if options.check:
        found = [gap for name in chosen for gap in messages.gaps(rooms[name])]
        for gap in found:
            print(f"{gap.room}: {gap.reason}: {gap.message}")
        # Also one room alone is compared with all others: the first one to be read wins for all of them.
        differing = [dispute for dispute in messages.disputes() if {room for room, _text in dispute.texts} & set(chosen)]
        for dispute in differing:
            said = ", ".join(f"{room} “{text}”" for room, text in dispute.texts)
            print(f"translated differently without a context: {dispute.message}: {said}")
        print(f"{len(found)} gaps and {len(differing)} disagreements in the translations")
        return 1 if found or differing else 0
    for name in chosen:
        left = messages.update(rooms[name])
        if left:
            print(f"{name}: {left} to translate in {messages.PO_PATH}")
    messages.compile_stale()
    return 0
