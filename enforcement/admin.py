from django.contrib import admin

from enforcement.models import Appeal, Case, Decision, Sanction, Statement, Violation
from klean.core.admin import ReadOnlyAdmin

admin.site.register([Appeal, Case, Decision, Sanction, Statement, Violation], ReadOnlyAdmin)
