"""What somebody needs in order to enter the demo, kept in ``demo.json``."""

import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from demo.people import MARKET, accounts, marketplace
from demo.story import samples
from klean.core.access.actions import issue_key, revoke_key
from klean.core.access.models import ApiKey, User
from klean.core.access.queries import key_for_token
from klean.core.access.scopes import all_scopes

KEY = "demo"


def keep_accounts(*, at: datetime) -> None:
    """Write ``demo.json``; the password and the key that open something already stay what they are."""
    path = Path(settings.KLEAN_STATE) / "demo.json"
    kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    with transaction.atomic():
        contents = {
            "url": settings.KLEAN_URL,
            "password": _password(kept.get("password", "")),
            "accounts": accounts(),
            "api_key": _key(kept.get("api_key", ""), at=at),
            "samples": kept.get("samples") or samples(),
        }
        _write(path, json.dumps(contents, ensure_ascii=False, indent=1))


def _password(known: str) -> str:
    users = list(User.objects.filter(email__in=accounts().values()))
    if known and all(user.check_password(known) for user in users):
        return known
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    for user in users:
        user.set_password(password)
    User.objects.bulk_update(users, ["password"])
    return password


def _key(known: str, *, at: datetime) -> str:
    if known and key_for_token(known):
        return known
    for old in ApiKey.live().filter(organisation=marketplace(), name=KEY):
        revoke_key(old, at=at, actor=MARKET)
    return issue_key(marketplace(), KEY, all_scopes(), at=at, actor=MARKET)[1]


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    part.replace(path)
