from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from brands.actions.catalogue import link_brands
from brands.actions.rights import register_rights_holder
from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from klean.core.rows.refusals import Refused
from klean.core.rows.texts import SOURCE_LANGUAGE

ACTOR = Actor("system", "register_rights_holder")


class Command(BaseCommand):
    help = "Lets an organisation speak for brands, once somebody has checked who it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its name, as in the list of organisations")
        parser.add_argument("--country", default="KR")
        parser.add_argument("--contact-email", default="")
        parser.add_argument(
            "--brands", nargs="*", default=[], help="names of registered brands that are its own"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        kind, at = Organisation.Kind.RIGHTS_HOLDER, timezone.now()
        organisation = Organisation.objects.filter(name=options["organisation"], kind=kind).first()
        if organisation is None:
            raise CommandError(f"No rights holder's organisation is named {options['organisation']!r}.")
        try:
            with override(SOURCE_LANGUAGE):
                holder = register_rights_holder(
                    organisation,
                    name=organisation.name,
                    country=options["country"],
                    contact_email=options["contact_email"],
                    verified_at=at,
                    at=at,
                    actor=ACTOR,
                )
                linked = link_brands(holder, options["brands"], at=at, actor=ACTOR)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{holder.name} speaks for {len(linked)} of the brands named.")
