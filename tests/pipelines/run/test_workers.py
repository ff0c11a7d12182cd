"""What every worker process is like, whatever it is given to do."""

import signal
import subprocess
import sys

_FIRST_WORKER_OF_A_FRESH_PROCESS = """
from pipelines.run.limits import Limits
from pipelines.run.workers import run_in_workers
from tests.pipelines.run.test_workers import read_blocked_signals

if __name__ == "__main__":
    print(list(run_in_workers(read_blocked_signals, [None], Limits(), 1)))
"""


def read_blocked_signals(_: None) -> list[str]:
    return sorted(signal.Signals(one).name for one in signal.pthread_sigmask(signal.SIG_BLOCK, ()))


def test_the_first_worker_of_a_process_never_hears_ctrl_c() -> None:
    # In a process of its own: here another test may have started workers before.
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_WORKER_OF_A_FRESH_PROCESS],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[(0, ['SIGINT'])]"
