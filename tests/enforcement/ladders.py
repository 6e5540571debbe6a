"""The ladders of the presets, and what a list of violations comes to on one."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from enforcement.sanctions.rules.ladder import Entry, Past, ledger_of
from enforcement.sanctions.rules.policy import Ladder
from klean.core.policy.rules.sections import read_section

POLICY = Path(__file__).resolve().parents[2] / "policy"
PRESETS = sorted((POLICY / "presets").glob("*.toml"))
NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def preset_table(preset: str) -> dict[str, Any]:
    body: dict[str, Any] = tomllib.loads((POLICY / "presets" / f"{preset}.toml").read_text())["ladder"]
    return body


ALIEXPRESS = preset_table("aliexpress-2026")


def ledger(*violations: tuple[str, timedelta], ladder: Ladder | None = None) -> list[Entry]:
    pasts = [
        Past(place, severity, NOON + after, "p") for place, (severity, after) in enumerate(violations, 1)
    ]
    return ledger_of(pasts, {"p": ladder or read_section(Ladder, ALIEXPRESS)})


def sanctions(entries: list[Entry]) -> list[tuple[str, int | None] | None]:
    return [entry.step and (entry.step.rung, entry.step.days) for entry in entries]
