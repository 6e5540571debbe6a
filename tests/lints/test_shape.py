"""The figures of the code, on a small tree."""

from lints.shape import Shape

FILES = {
    "shops/views.py": '"""Pages."""\n\nfrom shops.actions import open_shop\n\n\ndef page():\n    return open_shop\n',
    "shops/actions/opening.py": "from ..models import Shop\n",
    "shops/actions/__init__.py": "from shops.actions.opening import Shop\nfrom brands.models import Brand\nopen_shop = Shop, Brand  # fmt: skip\n",
    "shops/models.py": '"""Tables."""\n\n\nclass Shop:\n    """One shop."""\n\n    def close(self):\n        import json\n\n        return json\n',
    "shops/migrations/0001_initial.py": "name = 1\n",
    "brands/models.py": '"""Tables."""\n\n\nclass Brand:\n    pass\n',
    "tests/test_shops.py": "import shops.views\n",
    "templates/shop.html": "<p>\n</p>\n",
}


def test_figures_speak_of_what_runs_in_production():
    figures = Shape(FILES).figures()

    assert figures["modules"] == 5
    assert figures["lines"] == 7 + 1 + 3 + 10 + 5
    assert figures["lines of tests"] == figures["lines of migrations"] == 1
    assert figures["lines of templates"] == 2
    assert figures["formatter switched off"] == 1
    assert figures["imports inside a function"] == 1


def test_a_docstring_is_missing_where_a_module_or_a_public_name_at_its_top_has_none():
    # The modules actions and actions.opening, the function page, the class Brand.
    assert Shape(FILES).figures()["docstrings missing"] == 4


def test_an_import_is_inside_an_app_or_across():
    figures = Shape(FILES).figures()

    assert figures["imports inside an app"] == 3
    assert figures["imports across apps"] == 1


def test_the_longest_walk_goes_from_a_door_to_a_model_of_the_same_app():
    assert Shape(FILES).longest_walk() == [
        "shops.views",
        "shops.actions",
        "shops.actions.opening",
        "shops.models",
    ]
