from django.contrib import admin

from klean.core.admin import ReadOnlyAdmin
from mystery_shop.models import CustodyEvent, InspectionBody, Programme, Verdict

admin.site.register([InspectionBody, Programme, CustodyEvent, Verdict], ReadOnlyAdmin)
