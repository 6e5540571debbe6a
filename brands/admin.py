from django.contrib import admin

from brands.models import Brand, IPRight, ReferenceImage, RightsHolder
from klean.core.web.admin import ReadOnlyAdmin


@admin.register(Brand)
class BrandAdmin(ReadOnlyAdmin):
    list_display = ["name", "korean_name", "category", "protection", "rights_holder"]
    list_filter = ["protection"]
    list_select_related = ["rights_holder"]
    search_fields = ["name", "korean_name"]
    show_full_result_count = False


@admin.register(RightsHolder)
class RightsHolderAdmin(ReadOnlyAdmin):
    exclude = ["contact_email"]


@admin.register(ReferenceImage)
class ReferenceImageAdmin(ReadOnlyAdmin):
    list_display = ["label", "brand", "kind", "quality", "retired_at"]
    list_select_related = ["brand"]
    exclude = ["hash"]
    show_full_result_count = False


admin.site.register(IPRight, ReadOnlyAdmin)
