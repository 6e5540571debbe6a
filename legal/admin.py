from django.contrib import admin

from klean.core.web.admin import ReadOnlyAdmin
from legal.models import AuthorityRequest, Bundle, Hold, Letter, Matter, SupportApplication

admin.site.register([AuthorityRequest, Bundle, Hold, Letter, Matter, SupportApplication], ReadOnlyAdmin)
