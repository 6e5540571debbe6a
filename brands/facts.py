"""What can happen to a rights holder's brand, right or reference image."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class RightsHolderRegistered(Fact):
    """An organisation was registered as a rights holder."""

    name: ClassVar[str] = "brands.rights_holder.registered"
    sentence: ClassVar[str] = N_("Rights holder registered")
    rights_holder_id: int


@dataclass(frozen=True, kw_only=True)
class RightsHolderVerified(Fact):
    """The identity of a rights holder was verified."""

    name: ClassVar[str] = "brands.rights_holder.verified"
    sentence: ClassVar[str] = N_("Rights holder verified")
    rights_holder_id: int


@dataclass(frozen=True, kw_only=True)
class IPRightConfirmed(Fact):
    """A right was confirmed to be in force, by the register or by whoever checked the evidence."""

    name: ClassVar[str] = "brands.ip_right.confirmed"
    sentence: ClassVar[str] = N_("IP right confirmed to be in force")
    ip_right_id: int
    rights_holder_id: int


@dataclass(frozen=True, kw_only=True)
class IPRightEnded(Fact):
    """A right that was in force no longer is; ``standing`` says why."""

    name: ClassVar[str] = "brands.ip_right.ended"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "standing",
        {
            "LAPSED": N_("IP right lapsed"),
            "NOT_FOUND": N_("IP right no longer found in the register"),
            "OTHER_OWNER": N_("IP right now registered to another owner"),
        },
        otherwise=N_("IP right no longer in force"),
    )
    ip_right_id: int
    rights_holder_id: int
    standing: str


@dataclass(frozen=True, kw_only=True)
class IPRightRegistered(Fact):
    """A rights holder added a right; ``number`` is empty for one that no register holds."""

    name: ClassVar[str] = "brands.ip_right.registered"
    sentence: ClassVar[str] = N_("IP right added")
    ip_right_id: int
    rights_holder_id: int
    kind: str
    number: str


@dataclass(frozen=True, kw_only=True)
class BrandRegistered(Fact):
    """A brand was registered; screening looks for it from now on."""

    name: ClassVar[str] = "brands.brand.registered"
    sentence: ClassVar[str] = N_("Brand %(brand)s registered")
    brand: str
    brand_id: int
    protection: str


@dataclass(frozen=True, kw_only=True)
class BrandChanged(Fact):
    """Details of a brand changed; ``fields`` names them."""

    name: ClassVar[str] = "brands.brand.changed"
    sentence: ClassVar[str] = N_("Details of the brand %(brand)s changed")
    brand: str
    brand_id: int
    protection: str
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class BrandRightsChanged(Fact):
    """The rights behind a brand changed; ``ip_right_ids`` are all of them now."""

    name: ClassVar[str] = "brands.brand_rights.changed"
    sentence: ClassVar[str] = N_("Rights behind the brand %(brand)s changed")
    brand: str
    brand_id: int
    ip_right_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class ReferenceAdded(Fact):
    """A reference picture was added to a brand."""

    name: ClassVar[str] = "brands.reference.added"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "kind",
        {
            "OFFICIAL": N_("Official picture of %(brand)s added"),
            "COUNTERFEIT": N_("Picture of a known counterfeit of %(brand)s added"),
            "GENUINE": N_("Picture of a genuine %(brand)s item added"),
        },
        otherwise=N_("Reference picture of %(brand)s added"),
    )
    brand: str
    brand_id: int
    reference_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class ReferenceRetired(Fact):
    """A reference picture was retired; listings are no longer compared with it."""

    name: ClassVar[str] = "brands.reference.retired"
    sentence: ClassVar[str] = N_("Reference picture of %(brand)s retired")
    brand: str
    brand_id: int
    reference_id: int
