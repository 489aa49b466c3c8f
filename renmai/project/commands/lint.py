"""``renmai lint``: what in a campaign's copy breaks a rule, before anybody reads it."""

import argparse
import sys

HELP = "Say what in the copy of a campaign breaks a rule on its channels; exits 1 when something is not allowed or needs a look."
EXAMPLE = 'renmai lint "转发到群领红包" --channel wechat'

CHANNELS = ("wechat", "wecom", "web", "sms", "poster")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to read, and where it is to run."""
    parser.add_argument(
        "copy", nargs="*", metavar="TEXT", help="a text as people will read it; without any, the standard input is read"
    )
    parser.add_argument(
        "--channel",
        action="append",
        choices=CHANNELS,
        help="where it runs; give it again for a further one (default: everywhere)",
    )
    parser.add_argument("--language", choices=("en", "zh-hans"), default="en", help="language of the answer (default: en)")


def run(options: argparse.Namespace) -> int:
    """Print one block per finding, the hardest first, and last how it stands."""
    from django.utils import translation

    from renmai.policy.channels import EVERYWHERE
    from renmai.policy.linting import Copy, lint, worst
    from renmai.policy.rules import Outcome
    from renmai.project.problems import Problem

    texts = tuple(options.copy) or (sys.stdin.read(),)
    if not any(text.strip() for text in texts):
        raise Problem("there is no text to read.")
    found = lint(Copy(texts=texts, channels=frozenset(options.channel or EVERYWHERE)))
    with translation.override(options.language):
        for finding in found:
            where = f" [{finding.channel}]" if finding.channel else ""
            print(f"{finding.outcome.label}{where}: “{finding.fragment}” ({finding.code})")
            print(f"  {finding.rule_key}, {finding.source}")
            print(f"  {finding.advice}")
        print(worst(found).label)
    return 0 if worst(found) is Outcome.ALLOW else 1
