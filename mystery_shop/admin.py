from django.contrib import admin

from klean.core.web.admin import ReadOnlyAdmin
from mystery_shop.models import (
    Agreement,
    CustodyEvent,
    Fund,
    InspectionBody,
    Programme,
    SamplingPlan,
    Verdict,
)

admin.site.register(
    [Agreement, CustodyEvent, Fund, InspectionBody, Programme, SamplingPlan, Verdict], ReadOnlyAdmin
)
