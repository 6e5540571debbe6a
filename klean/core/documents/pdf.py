"""PDF from a Typst template and data, with Hangul, the same bytes each time."""

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL.ImageFont import truetype
from pylopdf_fonts_ko import sans_path

FRAME = "frame.typ"
FONTS = "fonts"  # what is put there has the letters that ours lacks
NO_LETTER = "\U0010fffe"  # shown as the box by every font


def pdf_of(template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """``templates/pdf/<template>`` over ``data``, which it reads as text alone, and pictures by their names.

    ``data`` has the document's ``title`` and its ``language``.
    """
    import typst

    templates = Path(settings.BASE_DIR) / "templates" / "pdf"
    sources = {name: (templates / name).read_bytes() for name in (template, FRAME)}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {**sources, **(pictures or {})}.items():
            Path(folder, name).write_bytes(content)
        return typst.compile(
            Path(folder, template),
            root=Path(folder),
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )


def letters_no_font_has(text: str) -> str:
    """The letters of the text that documents would print as boxes."""
    lacking = {letter for letter in text if letter.isprintable() and not letter.isspace()}
    for file in [file for folder in _font_folders() for file in folder.glob("*.[ot]t[fc]")]:
        font = truetype(str(file), 40)
        box = bytes(font.getmask(NO_LETTER))
        lacking = {letter for letter in lacking if bytes(font.getmask(letter)) == box}
    return "".join(sorted(lacking))


@cache
def _fonts() -> Any:
    """Those of the project alone, so that the bytes do not depend on the machine."""
    import typst

    folders = [str(folder) for folder in _font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _font_folders() -> list[Path]:
    ours = Path(settings.BASE_DIR, "templates", "pdf", FONTS)
    return [Path(sans_path()).parent, *([ours] if ours.is_dir() else [])]
