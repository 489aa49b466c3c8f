"""The journal before an outside accountant: ``hledger check -s``."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from renmai.ledger.journal import journal
from tools.torture.model import Broken

MISSING = "hledger is not installed, so nobody else has checked the journal"


def agreed_by_hledger() -> bool:
    """Let hledger check the journal of this shop, strictly; False where it is not installed. Raises ``Broken`` with what it says."""
    program = shutil.which("hledger")
    if program is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        books = Path(folder) / "books.journal"
        with books.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in journal())
        answer = subprocess.run([program, "check", "-s", "-f", str(books)], capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Broken(f"hledger does not agree with the journal: {answer.stderr.strip()[-2000:]}")
    return True
