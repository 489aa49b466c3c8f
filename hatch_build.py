"""Build hook: the wheel carries the compiled translations, which are not in the repository."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MessagesBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own generic says nothing here
    """Compiles every ``.po`` before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile and add the results to what is packed."""
        del version
        sys.path.insert(0, self.root)
        from renmai.project import messages

        messages.compile_stale()
        package = Path(self.root) / "renmai"
        build_data["artifacts"] += [str(path.relative_to(self.root)) for path in package.rglob("LC_MESSAGES/*.mo")]
