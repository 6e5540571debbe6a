"""Plain builders with named people: ``make.brand()``, ``make.seller()`` and the others."""

from tests.make.brands import *  # noqa: F403
from tests.make.sellers import *  # noqa: F403
