from argparse import ArgumentParser
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.rows.refusals import Refused
from listings.actions.training import train_model

TRAINER = Actor("system", "train_screening")


class Command(BaseCommand):
    help = "Fits a challenger to the desk's decisions and runs it in shadow; a person promotes it on /desk/screening/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-code", action="store_true", help="fit to listings made by code instead")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            model = train_model(from_code=options["from_code"], at=timezone.now(), actor=TRAINER)
        except Refused as refusal:
            raise CommandError(f"{refusal} --from-code fits to listings made by code.") from None
        artefact = orjson.loads(model.artefact)
        weights = dict(zip(artefact["features"], artefact["weights"], strict=True))
        self._show({"model": model.sha256, "weights": weights, **artefact["metadata"]})
        if model.comparison:
            self._show({"on_labels_held_back": model.comparison})
        self.stdout.write("It judges in shadow from now on.")

    def _show(self, what: dict[str, Any]) -> None:
        self.stdout.write(orjson.dumps(what, option=orjson.OPT_INDENT_2).decode())
