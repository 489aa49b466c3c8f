"""``renmai create-staff``: the first account of the console, and a way back in."""

import argparse
import getpass
import sys

HELP = "Add a member of the staff; the password is asked for, or read from the standard input."
EXAMPLE = "renmai create-staff lin --name 'Lin Yue' --role owner"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and with which roles."""
    parser.add_argument("username", help="the name to sign in with")
    parser.add_argument("--name", help="the name that others see (default: the username)")
    parser.add_argument("--role", action="append", required=True, help="a role; give it again for a further one")


def run(options: argparse.Namespace) -> int:
    """Create the account; the second factor is set up at the first sign-in."""
    from renmai.accounts.actions import create_staff
    from renmai.accounts.inputs import StaffInput
    from renmai.accounts.models import Role
    from renmai.project import migrations_state
    from renmai.project.problems import Problem

    unknown = sorted(set(options.role) - set(Role.values))
    if unknown:
        raise Problem(f"there is no role {unknown[0]}; the roles are {', '.join(Role.values)}.")
    migrations_state.require_up_to_date()
    staff = StaffInput(
        username=options.username,
        display_name=options.name or options.username,
        password=_password(),
        roles=frozenset(Role(role) for role in options.role),
    )
    person = create_staff(None, staff)
    print(f"{person.username} may now sign in to the console as {', '.join(options.role)}")
    return 0


def _password() -> str:
    from renmai.project.problems import Problem

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise Problem("the two passwords differ.")
    return password
