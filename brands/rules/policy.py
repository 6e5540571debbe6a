"""What the policy says on the registers of rights."""

from pydantic import BaseModel, PositiveInt


class Rights(BaseModel, frozen=True, extra="forbid"):
    """How often the registers are asked again."""

    recheck_days: PositiveInt
