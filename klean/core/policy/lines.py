"""Where in a policy file a fault stands."""

import re
from collections.abc import Iterator


def with_line(fault: str, text: str) -> str:
    """The fault behind the line of the file that it speaks of: its setting's own, or that of its table."""
    where = fault.partition(":")[0]
    *tables, key = re.sub(r"\[\d+\]", "", where).split(".")
    step = re.search(r"\[(\d+)\]", where)
    line = _line_of(tables, key, int(step.group(1)) if step else None, text.splitlines())
    return f"line {line}: {fault}" if line else fault


def _line_of(tables: list[str], key: str, step: int | None, lines: list[str]) -> int:
    """Counted from 1; 0 where the file has no such table. What is named may be a table itself."""
    headers = [line.strip() for line in lines]
    if (whole := f"[{'.'.join([*tables, key])}]") in headers:
        return headers.index(whole) + 1
    table = tables[:-1] if step is not None and tables and tables[-1] == "steps" else tables
    for depth in range(len(table), 0, -1):
        header = f"[{'.'.join(table[:depth])}]"
        if header in headers:
            start = headers.index(header)
            body = list(_body_of(start, lines))
            wanted = _nth_step(body, step) if step is not None else _setting(body, key)
            return (start if wanted is None else wanted) + 1
    return 0


def _body_of(start: int, lines: list[str]) -> Iterator[tuple[int, str]]:
    for place in range(start + 1, len(lines)):
        if lines[place].startswith("["):
            return
        yield place, lines[place]


def _setting(body: list[tuple[int, str]], key: str) -> int | None:
    return next((place for place, line in body if line.partition("=")[0].strip() == key), None)


def _nth_step(body: list[tuple[int, str]], step: int) -> int | None:
    starts = [place for place, line in body for _ in range(line.count("reached"))]
    return starts[step] if step < len(starts) else _setting(body, "steps")
