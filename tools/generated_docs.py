"""Writes the pages of ``docs/`` that are made from the code; ``--check`` only says which are out of date."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import django
from django.apps import apps
from django.utils import translation

ROOT = Path(__file__).resolve().parents[1]
NOTE = "<!-- Written by `python -m tools.generated_docs` from the code; edit the code instead. -->\n"
ROOM_PREFIX = "renmai."
REACTS_TO_ALL = "api.reactions.queue_webhooks"


def configuration() -> str:
    """The variables of the environment."""
    from renmai.project.environment import VARIABLES

    rows = []
    for variable in VARIABLES:
        default = variable.default_says or (f"`{variable.default}`" if variable.default else "not set")
        rows.append((f"`{variable.name}`", variable.says, default))
    database = "Where the data is: `sqlite:///file` or `postgres://user:password@host:5432/name`; a socket as `?host=/folder`."
    rows.insert(1, ("`DATABASE_URL`", database, "SQLite in `RENMAI_HOME`"))
    text = (
        "Everything is configured by variables of the environment. A value that makes no sense, or a `RENMAI_` variable that is not "
        "in this table, stops the start with one sentence."
    )
    return _page("Configuration", text, _table(("Variable", "What it is for", "Default"), rows))


def commands() -> str:
    """The ``renmai`` command."""
    from renmai.project import command

    parts = []
    for row in command.table():
        if row.is_hidden:
            continue
        parser = argparse.ArgumentParser(add_help=False)
        row.module.arguments(parser)
        lines = [f"## renmai {row.name}", row.help, f"```\n{row.example}\n```", *_options(parser)]
        parts.append("\n\n".join(lines))
    text = "`renmai --help` prints the same. Ctrl-C stops any of them and leaves everything consistent."
    return _page("Commands", text, *parts)


def _options(parser: argparse.ArgumentParser) -> list[str]:
    listed = []
    for action in parser._actions:  # noqa: SLF001  argparse has no other list of them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, child in action.choices.items():
                said = f": {child.description}" if child.description else ""
                listed += [f"- `{name}`{said}", *(f"  {line}" for text in _options(child) for line in text.splitlines())]
        elif not isinstance(action, argparse._HelpAction):  # noqa: SLF001
            name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            listed.append(f"- `{name}`: {action.help}")
    return ["\n".join(listed)] if listed else []


def states() -> str:
    """A diagram per state table."""
    parts = []
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        transitions: dict[str, frozenset[str]] | None = getattr(model, "TRANSITIONS", None)
        if transitions is None or not model.__module__.startswith(ROOM_PREFIX):
            continue
        sentence = " ".join((model.__doc__ or "").strip().splitlines()[:1])
        lines = ["```mermaid", "stateDiagram-v2"]
        lines += [f"    [*] --> {_plain(state)}" for state in _first_states(model, transitions)]
        for old, following in transitions.items():
            lines += [f"    {_plain(old)} --> {_plain(new)}" for new in sorted(map(str, following))]
            if not following:
                lines.append(f"    {_plain(old)} --> [*]")
        parts.append("\n".join([f"## {model._meta.label}\n", sentence, "", *lines, "```"]))
    text = "Each of these changes only along an arrow, by an update that names the state it expects; when somebody else was faster, nothing changes."
    return _page("States", text, *parts)


def _first_states(model: type, transitions: dict[str, frozenset[str]]) -> list[str]:
    default = model._meta.get_field("status").default  # type: ignore[attr-defined]
    return [default] if default in transitions else []


def _plain(state: str) -> str:
    return str(state).replace("-", "_")


def refusals() -> str:
    """Every way to say no."""
    from renmai.kernel import errors

    rows = [(f"`{code}`", str(status), _cell(sentence)) for code, (status, sentence) in errors.declared().items()]
    text = (
        "What pages and the API answer when the answer is no. The code never changes; the sentence is in the person's language."
    )
    return _page("Refusals", text, _table(("Code", "HTTP status", "Sentence"), rows))


def events() -> str:
    """Facts and what they cause."""
    from renmai.kernel import outbox
    from renmai.kernel.events import declared
    from renmai.project.reactions import REACTIONS

    rows = []
    for name, event in declared().items():
        names = [outbox.reaction_name(act) for act in REACTIONS.get(event, ())]
        acts = [f"`{name}`" for name in names if name != REACTS_TO_ALL]
        sentence = " ".join((event.__doc__ or "").strip().split("\n\n")[0].split())
        rows.append((f"`{name}`", _cell(sentence), "<br>".join(acts) or "nothing"))
    text = (
        "A fact is written in the transaction that makes it true and reaches each of its reactions exactly once in effect. "
        "Every fact also goes to the webhooks that asked for it."
    )
    return _page("Events and reactions", text, _table(("Event", "What happened", "Who reacts, in this order"), rows))


def policy() -> str:
    """The rules of law and of platforms, and the settings they bound."""
    from renmai.policy.documentation import documentation

    return _page("Rules and settings", documentation())


def permissions() -> str:
    """Who of the staff may do what."""
    from renmai.accounts.models import Role
    from renmai.accounts.policies import PERMISSIONS

    rows = [(f"`{one.value}`", *("yes" if role in roles else "" for role in Role)) for one, roles in PERMISSIONS.items()]
    text = "A member of the staff may do what any of their roles may do."
    return _page("Permissions of the staff", text, _table(("Permission", *(str(role.label) for role in Role)), rows))


def privacy() -> str:
    """What is held of people, and what becomes of it."""
    from renmai.journeys.holdings import NOT_HERS, holdings, number_stays

    rows = []
    for each in holdings():
        fate = "goes" if each.stays is None else str(each.stays.label)
        files = [f"file of `{column}`" for column in each.files]
        out = ", ".join([*(f"`{column}`" for column in each.put_out), *files])
        copied = ", ".join(f"`{column}`" for column in each.copied) or str(each.uncopied.label if each.uncopied else "")
        rows.append((f"`{each.model._meta.label}`", f"`{each.person}`", str(each.topic.label), fate, out, copied))
    text = (
        "Every table that holds something of a person, in the order in which an account's deletion lets go of it: what is deleted, what "
        "stays under the bare number of the account and why, which columns are written over then, and what is in one's own copy "
        "(`/me/privacy/copy.json`, `GET /me/copy`; 10,000 rows of each). Rows found by `visitor` are those of her browsers. "
        "`renmai/journeys/tests/test_holdings.py` fails for a person's column that is missing here; `renmai/project/tests/test_deleting.py` "
        "deletes somebody who has a row in each, and then searches every column of every table and every file below `RENMAI_HOME`."
    )
    held = _table(("Table", "Found by", "About", "When the account is deleted", "Written over", "In her copy"), rows)
    numbers = _table(
        ("Column", "Why it may hold the number of a deleted account"), [(f"`{k}`", v) for k, v in number_stays().items()]
    )
    staff = ", ".join(f"`{column}`" for column in sorted(NOT_HERS))
    return _page(
        "What is held of people",
        text,
        held,
        f"## Where a bare number may stay\n\n{numbers}",
        "A session of a browser that was not signed out names the number too, sealed; it opens nothing any more and goes when it runs out.",
        f"## Columns of the staff\n\nTheir accounts are closed, not deleted, because their acts stay accountable: {staff}.",
    )


def limits() -> str:
    """How often what may be tried."""
    from renmai.accounts.limits import GUESTS_PER_ADDRESS, TABLE, Kept
    from renmai.kernel.errors import waiting
    from renmai.project.flood import ACTS

    rows = []
    for limit in TABLE:
        where = "database" if limit.kept is Kept.DATABASE else "memory, by process"
        places = "<br>".join(f"`{method} /{_cell(route)}`" for (method, route), act in ACTS.items() if act == limit.act)
        rows.append((f"`{limit.act}`", limit.says, f"{limit.most} in {waiting(limit.seconds)}", str(limit.by), where, places))
    text = (
        "What is beyond a limit is answered with 429, `Retry-After`, and a sentence that tells the time left, as page or as JSON. "
        "Limits in the database guard secrets: they hold over all processes and restarts, and a try counts before it is judged. Limits "
        "in memory guard the machine against floods; `RENMAI_LIMITS` makes them more generous or switches them off. A network address "
        "is an IPv4 address or the /64 of an IPv6 address, the one the proxy names when `RENMAI_TRUST_PROXY` is set; this machine's own "
        f"is not counted. A guest's costly acts count for the address, {GUESTS_PER_ADDRESS} times as many: it may be a whole office. "
        "After five wrong one-time codes the second factor rests for 15 minutes; who gets there knows the password already."
    )
    head = ("Act", "What", "How many", "Counted by", "Where", "Requests")
    return _page("Limits", text, _table(head, rows))


def stacking() -> str:
    """How the layers of a price go together."""
    from renmai.project.stacking import documentation

    return _page("Prices with several layers", *documentation())


def stream() -> str:
    """What each event of the stream says."""
    from renmai.insight.stream.registry import REGISTRY
    from renmai.web.console.stream_words import SOURCES, kept_by

    rows = []
    for schema in REGISTRY.all():
        product = ["`product`"] if schema.needs_product else []
        fields = [*product, *(f"`{name}`: {known.says}" for name, known in schema.fields.items())]
        said = (
            f"`{schema.name}`",
            str(schema.version),
            str(SOURCES[schema.source]),
            str(schema.says),
            "; ".join(fields),
            kept_by(schema),
        )
        rows.append(tuple(map(_cell, said)))
    text = (
        "What people do in the shop ([stream.md](stream.md)). Browsers name an event, its version and when it happened; whose it is, they "
        "cannot say. A field that is not in this table, or of another type, sets the event aside."
    )
    return _page(
        "Events of the stream",
        text,
        _table(("Event", "Version", "Told by", "What happened", "Fields", "Kept under her name by"), rows),
    )


PAGES: dict[str, Callable[[], str]] = {
    "docs/configuration.md": configuration,
    "docs/commands.md": commands,
    "docs/states.md": states,
    "docs/privacy.md": privacy,
    "docs/refusals.md": refusals,
    "docs/events.md": events,
    "docs/stream-events.md": stream,
    "docs/policy.md": policy,
    "docs/permissions.md": permissions,
    "docs/limits.md": limits,
    "docs/stacking.md": stacking,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` return 1 when one differs from what would be written."""
    django.setup()
    stale = []
    with translation.override("en"):
        for name, make in PAGES.items():
            path = ROOT / name
            wanted = make()
            if path.exists() and path.read_text(encoding="utf-8") == wanted:
                continue
            stale.append(name)
            if "--check" not in arguments:
                path.parent.mkdir(exist_ok=True)
                path.write_text(wanted, encoding="utf-8")
    word = "out of date" if "--check" in arguments else "written"
    print("\n".join(f"{word}: {name}" for name in stale) or "all pages are up to date")
    return 1 if stale and "--check" in arguments else 0


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", NOTE.strip(), *parts]) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renmai.project.settings")
    sys.exit(main(sys.argv[1:]))
