from brands.actions.catalogue import NewBrand, Upserted, link_brands, register_brand_of, register_brands
from brands.actions.references import (
    NewReference,
    Picture,
    add_references,
    picture_of,
    record_reference_hashes,
    retire_reference,
)
from brands.actions.register import check_due_rights, judge_evidence, take_snapshot
from brands.actions.rights import (
    apply_as_rights_holder,
    register_ip_right,
    register_rights_holder,
    tie_rights,
    verify_rights_holder,
)

__all__ = [
    "NewBrand",
    "NewReference",
    "Picture",
    "Upserted",
    "add_references",
    "apply_as_rights_holder",
    "check_due_rights",
    "judge_evidence",
    "link_brands",
    "picture_of",
    "record_reference_hashes",
    "register_brand_of",
    "register_brands",
    "register_ip_right",
    "register_rights_holder",
    "retire_reference",
    "take_snapshot",
    "tie_rights",
    "verify_rights_holder",
]
