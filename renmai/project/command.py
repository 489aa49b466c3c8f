"""The ``renmai`` command: finds the modules of ``renmai.project.commands``, starts Django and calls one of them."""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from django.core.exceptions import ImproperlyConfigured
from django.db import Error
from django.utils import translation

import renmai
from renmai.kernel import storage
from renmai.kernel.errors import DomainError
from renmai.project import commands
from renmai.project.problems import Problem

EXIT_REFUSED = 2
EXIT_INTERRUPTED = 130


@dataclass(frozen=True)
class Command:
    """One row of the table of commands."""

    name: str
    module: ModuleType

    @property
    def help(self) -> str:
        """What it does, in one sentence."""
        return str(self.module.HELP)

    @property
    def example(self) -> str:
        """A line that can be copied into a terminal."""
        return str(self.module.EXAMPLE)

    @property
    def is_hidden(self) -> bool:
        """Whether ``--help`` leaves it out: only people who work on Renmai need it."""
        return bool(getattr(self.module, "HIDDEN", False))


def table() -> tuple[Command, ...]:
    """Return every command by name."""
    found = []
    for info in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"{commands.__name__}.{info.name}")
        found.append(Command(info.name.rstrip("_").replace("_", "-"), module))
    return tuple(sorted(found, key=lambda command: command.name))


def build_parser(rows: Sequence[Command]) -> argparse.ArgumentParser:
    """Return the parser for all ``rows``."""
    shown = [row for row in rows if not row.is_hidden]
    width = max((len(row.name) for row in shown), default=0)
    lines = [f"  {row.name:<{width}}  {row.help}\n  {'':<{width}}  e.g. {row.example}" for row in shown]
    parser = argparse.ArgumentParser(
        prog="renmai",
        description="Renmai 人脉: social commerce where goods find people through trust.",
        epilog="commands:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"renmai {renmai.__version__}")
    choices = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, help="one of the commands below")
    for row in rows:
        child = choices.add_parser(
            row.name,
            description=row.help,
            epilog=f"example:\n  {row.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        row.module.arguments(child)
        child.set_defaults(module=row.module)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; what a person can put right is said in one sentence on stderr."""
    options = build_parser(table()).parse_args(arguments)
    try:
        _start_django(options)
        return int(options.module.run(options))
    except (Problem, DomainError, ImproperlyConfigured) as problem:
        print(f"renmai: {_sentence(problem)}", file=sys.stderr)
        return EXIT_REFUSED
    except BrokenPipeError:
        # The reader of a pipe (head, less) went away; Python must not complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_REFUSED
    except (Error, OSError) as error:
        refused = storage.refusal_of(error)
        if refused is None:
            raise
        print(f"renmai: {_sentence(refused)} ({str(error).splitlines()[0]})", file=sys.stderr)
        return EXIT_REFUSED
    except KeyboardInterrupt:
        print("renmai: stopped.", file=sys.stderr)
        return EXIT_INTERRUPTED


def _sentence(problem: Exception) -> str:
    if isinstance(problem, DomainError):
        with translation.override("en"):
            return problem.sentence
    return str(problem)


def _start_django(options: argparse.Namespace) -> None:
    from renmai.project import environment, messages

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renmai.project.settings")
    if prepare := getattr(options.module, "prepare", None):
        prepare(options)
    environment.current()
    messages.compile_stale()

    import django

    django.setup()
