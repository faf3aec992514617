"""The command that the wheel carries."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def path() -> str:
    """Returns the path of the ``winnow`` command.

    It is the one that WINNOW_COMMAND names, or else that of this package. A checkout
    that was not built has none of its own.

    Raises:
        FileNotFoundError: there is none.
    """
    named = os.environ.get("WINNOW_COMMAND")
    if named:
        return named
    own = Path(__file__).parent / "bin" / ("winnow.exe" if sys.platform == "win32" else "winnow")
    if not own.exists():
        raise FileNotFoundError(f"{own} is missing: install the wheel, or name a command in WINNOW_COMMAND")
    return str(own)
