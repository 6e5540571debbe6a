"""What the policy says on how it is changed itself, and on how long personal data is kept."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, PositiveInt, RootModel

from klean.core.policy.rules.sections import of_each

CLASSES = ("ACCOUNT", "BUSINESS", "CASE", "COMPLAINT", "PAYMENT", "MAIL", "ACCESS_LOG", "REPEATED_REQUEST")


class Governance(BaseModel, frozen=True, extra="forbid"):
    """How long a draft can be commented on, how long before its force it is published, and requests are answered."""

    consultation_days: PositiveInt
    notice_days: PositiveInt
    subject_request_days: PositiveInt


class Retention(RootModel[Annotated[Mapping[str, PositiveInt], of_each(CLASSES)]], frozen=True):
    """How many days each class of personal data is kept."""

    def days_of(self, kept_as: str) -> int:
        return self.root[kept_as]
