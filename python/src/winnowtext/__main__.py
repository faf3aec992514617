"""``python -m winnowtext`` is the command, and so is the script ``winnow``."""

from __future__ import annotations

import os
import subprocess
import sys

from . import _command


def main() -> int:
    """Runs the command in place of this process."""
    argv = [_command.path(), *sys.argv[1:]]
    if sys.platform == "win32":  # there, to replace a process would not wait for it
        return subprocess.run(argv).returncode
    os.execv(argv[0], argv)


if __name__ == "__main__":
    sys.exit(main())
