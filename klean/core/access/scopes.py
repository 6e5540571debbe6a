"""What an API key may be allowed to do."""

from klean.core.access.models import Organisation

SCOPES = (
    "listings:write",
    "listings:read",
    "screenings:write",
    "notices:write",
    "notices:read",
    "claims:write",
    "claims:read",
    "cases:read",
    "decisions:write",
    "appeals:write",
    "sellers:read",
    "events:read",
    "custody:write",
)


NOTICES = ("notices:write", "notices:read")


# Whose machines may do only so much: what they may not is about others. The marketplace's may do everything.
SCOPES_OF: dict[str, tuple[str, ...]] = {
    Organisation.Kind.RIGHTS_HOLDER: NOTICES,
    Organisation.Kind.AUTHORITY: NOTICES,
    Organisation.Kind.INSPECTION_BODY: ("custody:write",),
    Organisation.Kind.SELLER: (),
    Organisation.Kind.COUNSEL: (),
}


def scopes_open_to(organisation: Organisation) -> tuple[str, ...]:
    return SCOPES_OF.get(organisation.kind, SCOPES)
