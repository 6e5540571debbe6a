from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from listings.gateways.rates import OFFICIAL, NoRates, official_rates
from screening.price.money import read_rates


class Command(BaseCommand):
    help = "Writes the European Central Bank's exchange rates into the file that KLEAN_RATES names; restart afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source", nargs="?", default=OFFICIAL, help="an address or a file of the bank's form"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KLEAN_RATES:
            raise CommandError("KLEAN_RATES names no file to write to")
        path = Path(settings.KLEAN_RATES)
        try:
            found = official_rates(options["source"])
        except NoRates as error:
            raise CommandError(str(error)) from None
        text = f"# From {options['source']}\n" + "".join(
            f"[{code}]\n" + "".join(f"{day} = {rate}\n" for day, rate in sorted(days.items()))
            for code, days in sorted(found.items())
        )
        read_rates(text)
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
        newest = max(day for days in found.values() for day in days)
        self.stdout.write(f"{len(found)} currencies, newest {newest}, in {path}")
