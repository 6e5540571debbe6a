"""What machines may ask and do."""

from enforcement.api.cases import CaseDecisions, Cases, DecisionAppeals
from enforcement.api.standings import Reconciliations, SellerStanding

__all__ = ["CaseDecisions", "Cases", "DecisionAppeals", "Reconciliations", "SellerStanding"]
