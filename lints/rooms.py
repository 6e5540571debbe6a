"""Whether every room stands under the contracts of ``pyproject.toml``."""

from collections.abc import Iterator

from lints.project import ALSO_OURS, Finding, Project


def every_room_stands_under_a_contract(project: Project) -> Iterator[Finding]:
    """What holds drawers is named among the containers of an import contract, and each package among its roots."""
    known = {*project.apps, *ALSO_OURS}
    for package in sorted(path.parent for path in project.root.glob("*/__init__.py")):
        if package.name not in known:
            yield Finding(package.name, 1, "name it in root_packages of [tool.importlinter]")
    unknown = {module.room: module for module in reversed(project.modules) if module.drawer}
    for room in sorted(set(unknown) - project.rooms):
        yield unknown[room].finding(1, f"name {room} in the containers of a contract in pyproject.toml")
