"""The tables of reports, where Django looks for them."""

from reports.models import counters, notices, portal, reporters

__all__ = ["counters", "notices", "portal", "reporters"]
