"""The real command on a file of rows, some of which make an end of it.

Its arguments are the command and those of the command, the last of which is the file.
The records of the rows before a row {"text":"kill"} come out, or most of them, then it
is killed; of "hang" nothing more comes out; of "once" the first time is like "kill".
"""

import os
import pathlib
import signal
import subprocess
import sys
import time


def main() -> None:
    argv = sys.argv[1:]
    skip = int(argv[argv.index("--skip") + 1])
    jobs = int(argv[argv.index("--jobs") + 1]) if "--jobs" in argv else 4
    real = subprocess.Popen(argv, stdout=subprocess.PIPE)
    assert real.stdout
    once = pathlib.Path(os.environ.get("DYING_ONCE", "/dev/null"))
    rows = [line for line in pathlib.Path(argv[-1]).read_text().splitlines() if line.strip()][skip:]
    ends = [i for i, row in enumerate(rows) if '"kill"' in row or '"hang"' in row or ('"once"' in row and not once.exists())]
    left = max(0, ends[0] - jobs + 1) if ends else len(rows)  # what it is at with others is lost, too
    while left and (line := real.stdout.readline()):
        sys.stdout.buffer.write(line)
        left -= 1
    sys.stdout.flush()
    if not ends:
        sys.exit(real.wait())
    if '"hang"' in rows[ends[0]]:
        time.sleep(3600)
    once.touch()
    sys.stdout.buffer.write(b'{"error":null,"verd')  # and what it was writing
    sys.stdout.flush()
    real.kill()
    real.wait()
    os.kill(os.getpid(), signal.SIGKILL)


main()
