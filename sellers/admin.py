from typing import ClassVar

from django.contrib import admin

from klean.core.admin import ReadOnlyAdmin
from sellers.models import BrandAuthorisation, Seller, TraderEntity


@admin.register(Seller)
class SellerAdmin(ReadOnlyAdmin):
    list_display: ClassVar = ["external_id", "name", "standing", "joined_at"]
    list_filter: ClassVar = ["standing"]
    search_fields: ClassVar = ["external_id", "name"]
    show_full_result_count = False


@admin.register(TraderEntity)
class TraderEntityAdmin(ReadOnlyAdmin):
    exclude: ClassVar = ["representative"]
    search_fields: ClassVar = ["name", "business_registration_number"]
    show_full_result_count = False


@admin.register(BrandAuthorisation)
class BrandAuthorisationAdmin(ReadOnlyAdmin):
    list_display: ClassVar = ["id", "seller", "brand", "state", "valid_from", "valid_until"]
    list_filter: ClassVar = ["state"]
    list_select_related: ClassVar = ["seller", "brand"]
    show_full_result_count = False
