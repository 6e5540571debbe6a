"""Who gets support: points by published criteria, each of them shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """``criterion`` as the policy names it, ``answer`` as the applicant gave it."""

    criterion: str
    answer: str
    points: int


def points_of(size: str, right: str, revenue: int, policy: Mapping[str, Any]) -> list[Part]:
    """The parts of an application's points; a revenue counts by the first band that it does not exceed."""
    bands = sorted(policy["revenue"], key=lambda band: band["at_most"])
    band = next((band for band in bands if revenue <= band["at_most"]), {"at_most": 0, "points": 0})
    return [
        Part("size", size, policy["size"].get(size, 0)),
        Part("right", right, policy["right"].get(right, 0)),
        Part("revenue", str(band["at_most"]), band["points"]),
    ]


def faults_of(policy: Mapping[str, Any]) -> list[str]:
    """What is wrong with the section, in words for whoever publishes it."""
    faults = [
        f"support.{name} is missing"
        for name in ("most", "from_points", "size", "right", "revenue")
        if name not in policy
    ]
    if not faults and policy["most"] <= 0:
        faults.append("support.most must be more than nothing")
    return faults
