"""Build hook: the wheel carries the compiled translation, which is not in the repository."""  # noqa: INP001  not a package: hatchling reads it

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MessagesBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own generic says nothing here
    """Compiles every ``.po`` before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile and add the results to what is packed."""
        del version
        for source in (Path(self.root) / "renmai_play_bundle").rglob("LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            with source.open("rb") as words, target.open("wb") as compiled:
                write_mo(compiled, read_po(words))
            build_data["artifacts"].append(str(target.relative_to(self.root)))
