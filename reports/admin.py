from django.contrib import admin

from klean.core.web.admin import ReadOnlyAdmin
from reports.models.notices import Notice

admin.site.register([Notice], ReadOnlyAdmin)
