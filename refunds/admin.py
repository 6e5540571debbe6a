from django.contrib import admin

from klean.core.web.admin import ReadOnlyAdmin
from refunds.models.claims import RefundClaim, RefundPayment
from refunds.models.ledger import LedgerEntry, Posting, Recovery

admin.site.register([LedgerEntry, Posting, Recovery, RefundClaim, RefundPayment], ReadOnlyAdmin)
