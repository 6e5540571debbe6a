"""What the policy says on how it is changed itself, and on how long personal data is kept."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field, PositiveInt, RootModel

from klean.core.policy.rules.sections import N_, of_each

# The classes of personal data, and their words.
CLASSES = {
    "ACCOUNT": N_("Accounts"),
    "BUSINESS": N_("Business records"),
    "CASE": N_("Case files"),
    "COMPLAINT": N_("Complaints and disputes"),
    "PAYMENT": N_("Payments"),
    "MAIL": N_("E-mails sent"),
    "ACCESS_LOG": N_("Access logs"),
    "REPEATED_REQUEST": N_("Repeated API requests"),
}


class Governance(BaseModel, frozen=True, extra="forbid", title=N_("Policy changes and data requests")):
    """How long a draft can be commented on, how long before its force it is published, and requests are answered."""

    consultation_days: PositiveInt = Field(title=N_("Days for public comments"))
    notice_days: PositiveInt = Field(title=N_("Days of notice before a policy takes effect"))
    subject_request_days: PositiveInt = Field(title=N_("Days to answer a personal data request"))


class Retention(
    RootModel[Annotated[Mapping[str, PositiveInt], of_each(CLASSES)]],
    frozen=True,
    title=N_("Retention of personal data (days)"),
):
    """How many days each class of personal data is kept."""

    def days_of(self, kept_as: str) -> int:
        return self.root[kept_as]
