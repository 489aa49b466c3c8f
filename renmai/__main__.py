"""``python -m renmai`` is the ``renmai`` command."""

from renmai.project.command import main

if __name__ == "__main__":
    raise SystemExit(main())
