"""A worker that is asked to stop ends with the row in hand."""

import mmap

# Shared with the processes that a worker forks, which are not signalled themselves.
_flag = mmap.mmap(-1, 1)


def is_stopping() -> bool:
    """Whether this process, or the worker that forked it, was asked to stop."""
    return _flag[0] == 1


def ask_to_stop(**_: object) -> None:
    """For the worker's signal."""
    _flag[0] = 1
