from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.accounts import keep_accounts
from demo.load import is_loaded, load
from demo.marketplace import connect_marketplace


class Command(BaseCommand):
    help = "Load the invented marketplace; started again it keeps the data and the accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KLEAN_ORDERS_URL:
            raise CommandError("KLEAN_ORDERS_URL is not set: the demo needs the marketplace's own machines.")
        if not is_loaded():
            load()
        at = timezone.now()
        connect_marketplace(at=at)
        keep_accounts(at=at)
