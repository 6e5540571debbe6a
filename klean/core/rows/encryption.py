"""Text that the database only ever sees encrypted."""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """The first of ``KLEAN_FIELD_KEYS`` encrypts, all of them decrypt, so that keys can be changed."""
    return _cipher(tuple(settings.KLEAN_FIELD_KEYS))


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    def get_prep_value(self, value: Any) -> Any:
        return cipher().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return cipher().decrypt(value.encode()).decode() if value else value
