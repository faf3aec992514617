"""The real command, with lines that make an end of it: fake.py for ``winnow`` itself.

Its arguments are the command and those of the command.
"""

import os
import signal
import subprocess
import sys
import time


def main() -> None:
    real = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)
    assert real.stdin
    for line in sys.stdin.buffer:
        if b'"exit' in line or b'"kill' in line:
            real.kill()  # what it is at is lost
            real.wait()
            os.kill(os.getpid(), signal.SIGKILL) if b'"kill' in line else os._exit(7)
        if b'"hang' in line:
            real.send_signal(signal.SIGSTOP)
            time.sleep(3600)
        real.stdin.write(line)
        real.stdin.flush()
    real.stdin.close()
    sys.exit(real.wait())


main()
