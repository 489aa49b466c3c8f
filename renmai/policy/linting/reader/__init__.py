"""The second reader of the linter: a scorer learned from labelled copy, which hears what no pattern spells out.

It says whether a text crosses the line, what kind of offence it most likely is, and which part of the text weighs most. It owns no
rule, asks for a look and never refuses. ``python -m tools.linter_training`` teaches it; docs/linting.md says how well it reads.
"""

from renmai.policy.linting.reader.families import ROWS
from renmai.policy.linting.reader.reading import Reading, read, weightiest
from renmai.policy.linting.reader.trusted import TRUSTED

__all__ = ["ROWS", "TRUSTED", "Reading", "read", "weightiest"]
