"""Plain builders with named people: ``make.brand()``, ``make.seller()`` and the others."""

from tests.make.brands import *  # noqa: F403
from tests.make.enforcement import *  # noqa: F403
from tests.make.listings import *  # noqa: F403
from tests.make.mystery_shop import *  # noqa: F403
from tests.make.refunds import *  # noqa: F403
from tests.make.reports import *  # noqa: F403
from tests.make.sellers import *  # noqa: F403
