from django.contrib import admin

from klean.core.admin import ReadOnlyAdmin
from reports.models import LedgerEntry, Notice, Posting, Recovery, RefundClaim, RefundPayment

admin.site.register([LedgerEntry, Notice, Posting, Recovery, RefundClaim, RefundPayment], ReadOnlyAdmin)
