from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from klean.core.management.public_holidays import holidays_on_weekdays


class Command(BaseCommand):
    help = "Prints the public holidays of these years that fall on a weekday, as [calendar] of a policy lists them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("first", type=int)
        parser.add_argument("last", type=int)
        parser.add_argument("--country", default="KR", help="ISO code, default KR")

    def handle(self, *args: Any, **options: Any) -> None:
        years = range(options["first"], options["last"] + 1)
        try:
            days = holidays_on_weekdays(years, country=options["country"])
        except ImportError as error:
            raise CommandError("The package `holidays` is missing: it comes with `make test`.") from error
        except NotImplementedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("holidays = [")
        for year in years:
            own = [f'"{day}"' for day in days if day.year == year]
            for start in range(0, len(own), 8):
                self.stdout.write(f"    {', '.join(own[start : start + 8])},")
        self.stdout.write("]")
