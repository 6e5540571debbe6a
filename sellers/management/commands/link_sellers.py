from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from klean.core.rows.refusals import Refused
from klean.core.rows.texts import SOURCE_LANGUAGE
from sellers.actions.shops import link_sellers

ACTOR = Actor("system", "link_sellers")


class Command(BaseCommand):
    help = "Lets an organisation's people act for shops that the marketplace has registered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its name; made when there is none")
        parser.add_argument("sellers", nargs="+", help="the marketplace's ids of the shops")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        kind = Organisation.Kind.SELLER
        organisation, _is_new = Organisation.objects.get_or_create(name=options["organisation"], kind=kind)
        try:
            with override(SOURCE_LANGUAGE):
                linked = link_sellers(organisation, options["sellers"], at=timezone.now(), actor=ACTOR)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{organisation.name} acts for {len(linked)} shops.")
