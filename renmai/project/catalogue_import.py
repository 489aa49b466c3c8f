"""``renmai import catalogue``: reads the file, shows progress, keeps the quarantine, and hands the rates to distribution."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from renmai.accounts.models import Role, User
from renmai.catalogue.actions import ImportHooks, import_catalogue
from renmai.distribution.actions import set_product_rate
from renmai.kernel.errors import DomainError
from renmai.project.problems import Problem
from renmai.project.progress import progress
from renmai.project.quarantine import quarantine_beside


def run(options: argparse.Namespace) -> str:
    """Import ``options.file`` and return the closing line. Raises ``Problem`` for a file or a person that will not do."""
    path: Path = options.file
    actor = staff_named(options.staff)

    def set_rate(product_id: int, basis_points: int) -> None:
        if actor is None:
            raise Problem(
                "the file sets commissions, which needs an owner: make one with renmai create-staff, or name one with --as."
            )
        set_product_rate(actor, product_id, basis_points=basis_points)

    try:
        with (
            path.open(encoding="utf-8-sig", newline="") as file,
            quarantine_beside(path, options.quarantine) as quarantine,
            progress("lines", total=_count_lines(path)) as advance,
        ):
            hooks = ImportHooks(quarantine=quarantine.add, progress=advance, rate=set_rate)
            result = import_catalogue(None, _text(file, path), hooks=hooks)
    except DomainError as refusal:
        raise Problem(f"{path}: {refusal}") from refusal
    if quarantine.count:
        print(f"quarantine: {quarantine.path}")
    return str(result)


def staff_named(username: str | None) -> User | None:
    """Return the member of the staff called ``username``, or without a name the first owner, if there is one."""
    people = User.objects.filter(is_staff=True, is_active=True, deleted_at=None)
    if username is None:
        return people.filter(staff_roles__role=Role.OWNER).order_by("pk").first()
    person = people.filter(username=username).first()
    if person is None:
        raise Problem(f"there is no member of the staff called {username}.")
    return person


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return max(0, sum(1 for _line in file) - 1)


def _text(file: TextIO, path: Path) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError as error:
        raise Problem(f"{path} is not UTF-8; save it as UTF-8 first.") from error
