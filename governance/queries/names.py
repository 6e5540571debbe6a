"""What a person reads for the codes that figures carry."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.queries.figures import ALL, Figures

FIGURE_NAMES = {
    ALL: _("all"),
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
GROUPS = (
    ("notices", _("Notices by who filed them"), ""),
    ("cases", _("Cases by what brought them in"), ""),
    ("decisions", _("Decisions"), ""),
    ("decisions_by_source", _("Decisions by what brought the case in"), ""),
    ("sanctions", _("Sanctions"), ""),
    ("flagged", _("Flagged by screening"), ""),
    ("findings_random", _("Test purchases drawn by chance"), _("These show how common fakes are.")),
    (
        "findings_targeted",
        _("Test purchases on suspicion"),
        _("These say nothing of how common fakes are."),
    ),
)
SPANS = (
    ("hours_to_answer", _("report filed, answered")),
    ("hours_to_decision", _("case opened, decided")),
    ("hours_to_money", _("refund asked for, paid")),
    ("hours_to_appeal_outcome", _("appeal filed, answered")),
)
SHARES = (
    ("proactive_share", _("Found before anybody reported"), _("infringements")),
    ("before_first_sale_share", _("Taken down before a known sale"), _("listings taken down")),
    ("overturn_rate", _("Decisions overturned on appeal"), _("appeals decided")),
)
PLOTS: tuple[tuple[Any, Callable[[Figures], Any], str], ...] = (
    (_("Listings taken down"), lambda figures: figures["removed"], ""),
    (_("Notices filed"), lambda figures: sum(figures["notices"].values()), ""),
    (_("Refunds paid"), lambda figures: figures["refunded_won"], "won"),
    (_("Fund spent"), lambda figures: figures["fund_spent_won"], "won"),
)


def _named(code: str) -> str:
    return str(FIGURE_NAMES.get(code, code))


def named_report(figures: Figures) -> dict[str, Any]:
    """A report's figures under the words that a person reads, in the order of the page."""
    return {
        "groups": [
            (title, words, [(_named(code), count) for code, count in figures[name].items()])
            for name, title, words in GROUPS
        ],
        "spans": [
            (title, [(_named(code), span) for code, span in figures[name].items()]) for name, title in SPANS
        ],
        "shares": [(title, figures[name], of) for name, title, of in SHARES if figures[name]["whole"]],
    }
