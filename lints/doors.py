"""What doors may not do."""

from collections.abc import Iterator

from lints.project import DOORS, Finding, Project
from lints.writing import written

# Forms and tasks are no doors, and write as little.
NEVER_WRITING = DOORS | {"forms", "tasks"}


def doors_never_write(project: Project) -> Iterator[Finding]:
    """Views, API classes, forms, handlers, tasks and admin pages make one call to an action; they write no row."""
    for module in project.modules:
        if module.drawer in NEVER_WRITING:
            for node in written(module.nodes):
                yield module.finding(node, "call an action that writes it; merge dictionaries with |")
