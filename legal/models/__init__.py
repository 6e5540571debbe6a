from legal.models.bundles import Bundle, CounselAccess
from legal.models.matters import Cost, Hold, Letter, Matter, Party, Task
from legal.models.requests import Approval, AuthorityRequest
from legal.models.support import SupportApplication

__all__ = [
    "Approval",
    "AuthorityRequest",
    "Bundle",
    "Cost",
    "CounselAccess",
    "Hold",
    "Letter",
    "Matter",
    "Party",
    "SupportApplication",
    "Task",
]
