from argparse import ArgumentParser
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from klean.core.actors import Actor
from klean.core.refusals import Refused
from listings.actions import promote_model, train_model
from listings.actions.training import compare

TRAINER = Actor("system", "train_screening")


class Command(BaseCommand):
    help = "Fits the model that scores to the desk's decisions; with --promote it scores from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-code", action="store_true", help="fit to listings made by code instead")
        parser.add_argument("--promote", action="store_true", help="let the model score")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        try:
            model = train_model(from_code=options["from_code"], at=at, actor=TRAINER)
        except Refused as refusal:
            raise CommandError(f"{refusal} --from-code fits to listings made by code.") from None
        said = orjson.loads(model.artefact)
        self._show(
            {"model": model.sha256, "weights": dict(zip(said["features"], said["weights"], strict=True))}
        )
        self._show(said["metadata"])
        if sides := compare(model):
            self._show({"on_the_desks_decisions": sides})
        if options["promote"]:
            promote_model(model, at=at, actor=TRAINER)
            self.stdout.write("It scores from now on.")

    def _show(self, what: dict[str, Any]) -> None:
        self.stdout.write(orjson.dumps(what, option=orjson.OPT_INDENT_2).decode())
