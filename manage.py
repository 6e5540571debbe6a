#!/usr/bin/env python
"""Django's commands, with the embedded servers under them where no others are named."""

import os
import sys

from django.core.management import execute_from_command_line

from klean.launch.servers import servers_for


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klean.settings.local")
    with servers_for(sys.argv[1:]):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
