from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.policy.actions.publishing import publish_policy
from klean.core.rows.refusals import Refused


class Command(BaseCommand):
    help = "Publishes policy files; what is published already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="default: every file in policy/")

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["files"] or sorted((Path(settings.BASE_DIR) / "policy").glob("*.toml"))
        for file in files:
            try:
                version = publish_policy(file, at=timezone.now(), actor=Actor("system", "publish_policy"))
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write(f"{version.name}: in force from {version.in_force_from:%Y-%m-%d}")
