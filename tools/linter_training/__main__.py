"""Reads the labelled copy, says how well the reader judges authors it has not learned from, and writes what ships."""

import argparse
import os
import sys

import django


def main(arguments: list[str]) -> int:
    """Train and write; with ``--only-report`` nothing is written."""
    parser = argparse.ArgumentParser(prog="python -m tools.linter_training", description=__doc__)
    parser.add_argument("--only-report", action="store_true", help="print the figures and write nothing")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renmai.project.settings")
    django.setup()
    # Only now: the linter's advice is translated, which needs Django.
    from renmai.policy.linting.reader.weights import PATH, packed
    from tools.linter_training import copies, validation
    from tools.linter_training.fitting import fit

    lessons = copies.lessons()
    found = validation.judged(lessons, fit)
    print(validation.report(found))
    if options.only_report:
        return 0
    learned = validation.with_lines_drawn(fit(lessons), found, copies.digest())
    content = packed(learned)
    PATH.write_bytes(content)
    print(f"{PATH.name}: {len(content)} bytes, {len(learned.hashes)} features")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
