from legal.queries.counsel import access_of, accesses_of
from legal.queries.matters import matter_for, matters, open_tasks
from legal.queries.records import Records, records_of, standing_holds
from legal.queries.requests import disclosure_of, request_for, requests
from legal.queries.support import applications, granted_of, own_applications, support_fund

__all__ = [
    "Records",
    "access_of",
    "accesses_of",
    "applications",
    "disclosure_of",
    "granted_of",
    "matter_for",
    "matters",
    "open_tasks",
    "own_applications",
    "records_of",
    "request_for",
    "requests",
    "standing_holds",
    "support_fund",
]
