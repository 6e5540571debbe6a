from enforcement.appeals import urls as appeals
from enforcement.cases import urls as cases
from enforcement.decisions import urls as decisions
from enforcement.desk import urls as desk
from enforcement.sanctions import urls as sanctions

app_name = "enforcement"
pages = [*desk.pages, *appeals.pages, *decisions.pages, *sanctions.pages]
api = [*cases.api, *decisions.api, *appeals.api, *sanctions.api]
