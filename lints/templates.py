"""What templates may not hold."""

import re
from collections.abc import Iterator

from lints.project import Finding, Project

FORBIDDEN = {
    re.compile(r"<script(?![^>]*\bsrc=)"): "put the script into static/",
    re.compile(r"<style|\sstyle="): "put the style into static/",
    re.compile(r"\son[a-z]+="): "listen to the event in static/",
    # Django renders its own help texts as HTML.
    re.compile(r"(?<!help_text)\|\s*safe(seq)?\b|\{%\s*autoescape\s+off"): "let Django escape it",
}


def templates_hold_no_script_or_style(project: Project) -> Iterator[Finding]:
    """A template has no script or style of its own and escapes all that it shows."""
    for path in sorted(project.root.rglob("templates/**/*.html")):
        name = str(path.relative_to(project.root))
        if name.startswith("."):
            continue
        text = path.read_text()
        for pattern, instead in FORBIDDEN.items():
            for found in pattern.finditer(text):
                yield Finding(name, text.count("\n", 0, found.start()) + 1, instead)
