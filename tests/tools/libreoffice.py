"""LibreOffice without a window: a file opened, evaluated, and saved in another form."""

import shutil
import subprocess
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])

CELLS_AS_TEXT = "44,34,76,1," + "/".join(f"{column}/2" for column in range(1, 6))
"""Import options for an archive: commas, UTF-8, and none of its columns is converted."""
TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"


def is_there() -> bool:
    """Tell whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def is_needed(test: Test) -> Test:
    """Skip a test, or a class of them, where there is no LibreOffice."""
    return unittest.skipUnless(is_there(), "LibreOffice is not installed")(test)


def convert(path: Path, to: str, options: str) -> Path:
    """Open a CSV file with these import options; return the file it is saved as.

    That one, and a profile, are in folders beside the first.
    """
    into = path.parent / "saved"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{path.parent}/profile",
            "--headless",
            "--convert-to",
            to,
            f"--infilter=CSV:{options}",
            "--outdir",
            into,
            path,
        ],
        check=True,
        timeout=300,
        capture_output=True,
    )
    return into / f"{path.stem}.{to.partition(':')[0]}"
