"""The kinds of violation: what each is called, how grave it is, and the grounds that it stands on.

Decisions and violations store a kind's name as their severity. What a kind costs is said by the policy's ladder.
"""

from dataclasses import dataclass

from klean.core.policy.rules.sections import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationKind:
    """Kinds of the same ``gravity`` are different kinds, none milder than the other.

    ``grounds`` are those that fit, the usual one first; without any, every ground fits. ``allows_partly`` says that it
    may be found where only part of a listing infringes, ``counts`` that it needs a place on the ladder.
    """

    name: str
    label: str
    button: str
    gravity: int
    grounds: tuple[str, ...] = ()
    allows_partly: bool = False
    counts: bool = True
    confirmation: str = ""


# In the order of the buttons on the desk. People know their digits by heart: a new kind goes last.
KINDS = (
    ViolationKind(name="SERIOUS", label=N_("serious"), button=N_("Counterfeit (serious)"), gravity=2),
    ViolationKind(
        name="GENERAL",
        label=N_("general"),
        button=N_("General infringement"),
        gravity=1,
        allows_partly=True,
    ),
    ViolationKind(
        name="ADVICE",
        label=N_("advice, no points"),
        button=N_("Remove, advice only"),
        gravity=0,
        allows_partly=True,
        counts=False,
    ),
    ViolationKind(
        name="EXTREME",
        label=N_("extreme"),
        button=N_("Extreme or deliberate"),
        gravity=3,
        confirmation=N_("An extreme violation closes the shop. Make this decision?"),
    ),
    ViolationKind(
        name="PROHIBITED",
        label=N_("prohibited goods"),
        button=N_("Prohibited goods"),
        gravity=1,
        grounds=("PROHIBITED_GOODS", "MISLEADING"),
        allows_partly=True,
    ),
    ViolationKind(
        name="QUALITY",
        label=N_("listing quality"),
        button=N_("Misleading listing"),
        gravity=2,
        grounds=("MISLEADING", "OTHER_TERMS"),
        allows_partly=True,
    ),
    ViolationKind(
        name="TRANSACTION",
        label=N_("transaction violation"),
        button=N_("Transaction violation"),
        gravity=2,
        grounds=("OTHER_TERMS", "FORGED_DOCUMENT"),
    ),
)
KIND_OF = {kind.name: kind for kind in KINDS}
SEVERITIES = tuple(KIND_OF)
SEVERITY_LABELS = {kind.name: kind.label for kind in KINDS}
COUNTED_SEVERITIES = tuple(kind.name for kind in KINDS if kind.counts)
FREE_SEVERITIES = tuple(kind.name for kind in KINDS if not kind.counts)
PARTIAL_SEVERITIES = tuple(kind.name for kind in KINDS if kind.allows_partly)


def fitting_ground(severity: str, ground: str) -> str:
    """The ground, or the usual one of a severity that it does not fit."""
    grounds = KIND_OF[severity].grounds if severity in KIND_OF else ()
    return ground if not grounds or ground in grounds else grounds[0]


def is_milder(severity: str, than: str) -> bool:
    """Whether this severity is below the other; one that is not known is below none, and none but advice below it."""
    if severity not in KIND_OF:
        return False
    return KIND_OF[severity].gravity < (KIND_OF[than].gravity if than in KIND_OF else 1)
