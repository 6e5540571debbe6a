from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from brands.actions.catalogue import Upserted
from brands.models import Brand
from brands.queries import brands_by_name
from klean.core.events.actors import Actor
from klean.core.importing.cells import BadRow
from klean.core.importing.commands import ImportCommand
from klean.core.importing.feeds import Feed, Row
from klean.core.policy.queries import day_of
from sellers.actions.imports import NewAuthorisation, register_authorisations
from sellers.actions.shops import register_sellers
from sellers.forms.rows import AuthorisationRow, parse_authorisation, parse_seller
from sellers.models import Seller
from sellers.queries.shops import sellers_by_external_id

ACTOR = Actor("system", "import_sellers")


class Command(ImportCommand):
    help = "Imports sellers and, with --authorisations, the brands they may sell. Again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="seller_id, name, business_registration_number, country, joined_at"
        )
        parser.add_argument(
            "--authorisations", type=Path, help="seller_id, brand, valid_from, valid_until, territory"
        )

    def run(self, **options: Any) -> None:
        self._import_sellers(options["file"])
        if authorisations := options["authorisations"]:
            self._import_authorisations(authorisations)

    def _import_sellers(self, path: Path) -> None:
        done = Upserted()
        with self.feed(path, "seller_id", "name") as feed:
            for batch in feed.batches(1000):
                parsed = feed.parsed(batch, parse_seller)
                rows = [
                    row for line, row in parsed if not feed.is_repeated("seller_id", line, row.external_id)
                ]
                done += register_sellers(rows, at=timezone.now(), actor=ACTOR)
        self.summarise("Sellers", asdict(done), feed)

    def _import_authorisations(self, path: Path) -> None:
        done = Upserted()
        with self.feed(path, "seller_id", "brand", "valid_from", "valid_until") as feed:
            for batch in feed.batches(1000):
                rows = self._authorisations(feed, batch)
                done += register_authorisations(rows, at=timezone.now(), actor=ACTOR)
        self.summarise("Authorisations", asdict(done), feed)

    def _authorisations(self, feed: Feed, batch: list[Row]) -> list[NewAuthorisation]:
        parsed = feed.parsed(batch, parse_authorisation)
        sellers = sellers_by_external_id({row.seller_id for _line, row in parsed})
        brands = brands_by_name({row.brand for _line, row in parsed})
        today = day_of(timezone.now())
        rows = []
        for line, row in parsed:
            try:
                found = _grant(row, sellers, brands, today)
            except BadRow as reason:
                feed.fault(line, str(reason))
                continue
            name = f"{row.seller_id} · {row.brand} · {row.valid_from}"
            if not feed.is_repeated("seller_id, brand, valid_from", line, name):
                rows.append(found)
        return rows


def _grant(
    row: AuthorisationRow, sellers: dict[str, Seller], brands: dict[str, Brand], today: date
) -> NewAuthorisation:
    if row.seller_id not in sellers:
        raise BadRow(f"seller_id {row.seller_id!r} is not registered")
    if row.brand not in brands:
        raise BadRow(f"brand {row.brand!r} is not registered")
    if row.valid_until < row.valid_from:
        raise BadRow(f"valid_until {row.valid_until} lies before valid_from {row.valid_from}")
    if row.valid_until < today:
        raise BadRow(f"valid_until {row.valid_until} has passed")
    return NewAuthorisation(
        seller=sellers[row.seller_id],
        brand=brands[row.brand],
        territory=row.territory,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
