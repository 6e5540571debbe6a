"""What machines may ask and do."""

from enforcement.api.appeals import DecisionAppeals, NoticeAppeals
from enforcement.api.cases import CaseDecisions, Cases
from enforcement.api.standings import Reconciliations, SellerStanding

__all__ = ["CaseDecisions", "Cases", "DecisionAppeals", "NoticeAppeals", "Reconciliations", "SellerStanding"]
