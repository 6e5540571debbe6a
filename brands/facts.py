"""What can happen to a rights holder's brand, right or reference image."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RightsHolderRegistered(Fact):
    """An organisation may speak for its brands and rights."""

    name: ClassVar[str] = "brands.rights_holder.registered"
    rights_holder_id: int


@dataclass(frozen=True, kw_only=True)
class RightsHolderVerified(Fact):
    """Somebody checked who speaks for a rights holder."""

    name: ClassVar[str] = "brands.rights_holder.verified"
    rights_holder_id: int


@dataclass(frozen=True, kw_only=True)
class IPRightConfirmed(Fact):
    """The register, or who looked at the evidence, says that a right is in force."""

    name: ClassVar[str] = "brands.ip_right.confirmed"
    ip_right_id: int
    rights_holder_id: int


@dataclass(frozen=True, kw_only=True)
class IPRightFell(Fact):
    """A right that was in force is no longer: ``standing`` says how."""

    name: ClassVar[str] = "brands.ip_right.fell"
    ip_right_id: int
    rights_holder_id: int
    standing: str


@dataclass(frozen=True, kw_only=True)
class IPRightRegistered(Fact):
    """A rights holder told of a right; ``number`` is empty for one that no register holds."""

    name: ClassVar[str] = "brands.ip_right.registered"
    ip_right_id: int
    rights_holder_id: int
    kind: str
    number: str


@dataclass(frozen=True, kw_only=True)
class BrandRegistered(Fact):
    """A brand is looked for from now on."""

    name: ClassVar[str] = "brands.brand.registered"
    brand: str
    brand_id: int
    protection: str


@dataclass(frozen=True, kw_only=True)
class BrandChanged(Fact):
    """What is known of a brand changed, in the named fields."""

    name: ClassVar[str] = "brands.brand.changed"
    brand: str
    brand_id: int
    protection: str
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class RightsTied(Fact):
    """The rights behind a brand are these from now on."""

    name: ClassVar[str] = "brands.brand.rights_tied"
    brand: str
    brand_id: int
    ip_right_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class ReferenceAdded(Fact):
    """A picture to compare listings with was added to a brand."""

    name: ClassVar[str] = "brands.reference.added"
    brand: str
    brand_id: int
    reference_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class ReferenceRetired(Fact):
    """A picture is no longer compared with."""

    name: ClassVar[str] = "brands.reference.retired"
    brand: str
    brand_id: int
    reference_id: int
