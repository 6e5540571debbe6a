from django.contrib import admin

from klean.core.web.admin import ReadOnlyAdmin
from listings.models import Bank, Listing, Screening, ScreeningModel


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    list_display = ("external_id", "title", "state", "verdict", "score", "changed_at")
    list_select_related = ("seller",)
    search_fields = ("external_id",)
    show_full_result_count = False


@admin.register(Screening)
class ScreeningAdmin(ReadOnlyAdmin):
    list_display = ("pk", "listing_id", "revision", "state", "verdict", "score", "finished_at")
    show_full_result_count = False


admin.site.register([Bank, ScreeningModel], ReadOnlyAdmin)
