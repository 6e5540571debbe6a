from django.contrib import admin

from klean.core.web.admin import ReadOnlyAdmin
from sellers.models import BrandAuthorisation, Seller, TraderEntity


@admin.register(Seller)
class SellerAdmin(ReadOnlyAdmin):
    list_display = ["external_id", "name", "standing", "joined_at"]
    list_filter = ["standing"]
    search_fields = ["external_id", "name"]
    show_full_result_count = False


@admin.register(TraderEntity)
class TraderEntityAdmin(ReadOnlyAdmin):
    exclude = ["representative"]
    search_fields = ["name", "business_registration_number"]
    show_full_result_count = False


@admin.register(BrandAuthorisation)
class BrandAuthorisationAdmin(ReadOnlyAdmin):
    list_display = ["id", "seller", "brand", "state", "valid_from", "valid_until"]
    list_filter = ["state"]
    list_select_related = ["seller", "brand"]
    show_full_result_count = False
