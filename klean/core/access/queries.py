"""Who a token belongs to."""

import secrets

from klean.core.access.models import ApiKey


def key_for_token(token: str) -> ApiKey | None:
    """The live key that this token proves, if it does."""
    kind, _, rest = token.partition("_")
    prefix, _, secret = rest.partition("_")
    key = (
        ApiKey.live().filter(prefix=prefix).select_related("organisation").first()
        if kind == "klean"
        else None
    )
    proven = key is not None and secrets.compare_digest(key.secret_sha256, ApiKey.digest(secret))
    return key if proven else None
