"""What the policy says on the registers of rights."""

from pydantic import BaseModel, Field, PositiveInt

from klean.core.policy.rules.sections import N_


class Rights(BaseModel, frozen=True, extra="forbid", title=N_("IP rights")):
    """How often the registers are asked again."""

    recheck_days: PositiveInt = Field(title=N_("Days between checks in the register"))
