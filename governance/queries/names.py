"""What a person reads for the codes that events carry."""

from django.utils.translation import gettext_lazy as _

FIGURE_NAMES = {
    "RIGHTS_HOLDER": _("rights holders"),
    "CONSUMER": _("consumers"),
    "TRUSTED_FLAGGER": _("trusted flaggers"),
    "AUTHORITY": _("authorities"),
    "OWN_INITIATIVE": _("own initiative"),
    "SCREENING": _("screening"),
    "REFUND_CLAIM": _("refund claims"),
    "MYSTERY_SHOP": _("test purchases"),
    "FORGERY": _("forged documents"),
    "INFRINGING": _("infringing"),
    "PARTLY": _("partly infringing"),
    "NOT_INFRINGING": _("not infringing"),
    "WARNING": _("warning"),
    "RESTRICTION": _("restriction"),
    "SUSPENSION": _("suspension"),
    "CLOSURE": _("closure"),
    "COUNTERFEIT": _("counterfeit"),
    "GENUINE": _("genuine"),
    "INCONCLUSIVE": _("inconclusive"),
    "NOT_AS_DESCRIBED": _("not as described"),
    "review": _("for review"),
    "block": _("blocked before publication"),
}


def named_counts(group: dict[str, int]) -> list[tuple[str, int]]:
    """The counts under the words that a person reads."""
    return [(str(FIGURE_NAMES.get(code, code)), count) for code, count in group.items()]
