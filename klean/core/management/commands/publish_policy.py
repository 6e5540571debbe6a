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
    help = (
        "Publishes policy files; what is published already stays as it is, also where a release has changed its file. "
        "A file that is named and differs from what was published under its name is refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="default: every file in policy/")

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["files"] or sorted((Path(settings.BASE_DIR) / "policy").glob("*.toml"))
        for file in files:
            try:
                version = publish_policy(file, at=timezone.now(), actor=Actor("system", "publish_policy"))
            except Refused as refusal:
                if options["files"] or refusal.code != "published_otherwise":
                    raise CommandError(str(refusal)) from refusal
                self.stderr.write(str(refusal))
                continue
            self.stdout.write(f"{version.name}: in force from {version.in_force_from:%Y-%m-%d}")
