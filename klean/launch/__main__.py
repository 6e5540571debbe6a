"""`make demo`."""

import sys

from klean.launch.supervisor import main

sys.exit(main())
