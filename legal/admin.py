from django.contrib import admin

from klean.core.admin import ReadOnlyAdmin
from legal.models import Bundle, Hold, Matter

admin.site.register([Matter, Hold, Bundle], ReadOnlyAdmin)
