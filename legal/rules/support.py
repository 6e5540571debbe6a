"""Who gets support: points by published criteria, each of them shown."""

from dataclasses import dataclass

from legal.rules.policy import Support


@dataclass(frozen=True, slots=True)
class Part:
    """``criterion`` as the policy names it, ``answer`` as the applicant gave it."""

    criterion: str
    answer: str
    points: int


def points_of(size: str, right: str, revenue: int, policy: Support) -> list[Part]:
    """The parts of an application's points; a revenue counts by the first band that it does not exceed."""
    bands = sorted(policy.revenue, key=lambda band: band.at_most)
    band = next((band for band in bands if revenue <= band.at_most), None)
    return [
        Part("size", size, policy.size.get(size, 0)),
        Part("right", right, policy.right.get(right, 0)),
        Part("revenue", str(band.at_most if band else 0), band.points if band else 0),
    ]
