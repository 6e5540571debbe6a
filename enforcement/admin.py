from django.contrib import admin

from enforcement.appeals.models import Appeal
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision, Statement
from enforcement.sanctions.models import Sanction, Violation
from klean.core.web.admin import ReadOnlyAdmin

admin.site.register([Appeal, Case, Decision, Sanction, Statement, Violation], ReadOnlyAdmin)
