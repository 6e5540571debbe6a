"""PDF from a Typst template and data, with Hangul, the same bytes each time."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from pylopdf_fonts_ko import sans_path

FONTS = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(Path(sans_path()).parent)]
)
FRAME = "frame.typ"


def pdf_of(template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """``templates/pdf/<template>`` over ``data``, which it reads as text alone, and pictures by their names."""
    templates = Path(settings.BASE_DIR) / "templates" / "pdf"
    sources = {name: (templates / name).read_bytes() for name in (template, FRAME)}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {**sources, **(pictures or {})}.items():
            Path(folder, name).write_bytes(content)
        return typst.compile(
            Path(folder, template),
            root=Path(folder),
            font_paths=FONTS,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
