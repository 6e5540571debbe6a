from django.contrib import admin

from governance.models import ActionItem, Agreement, Edition, ExternalFeed, Meeting, PolicyDraft
from klean.core.web.admin import ReadOnlyAdmin

admin.site.register([ActionItem, Agreement, Edition, ExternalFeed, Meeting, PolicyDraft], ReadOnlyAdmin)
