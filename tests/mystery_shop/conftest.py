"""What the tests of test purchases share: a listing to buy, and the people of an inspection body."""

import pytest

from tests import make


@pytest.fixture(autouse=True)
def _files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def listing(db):
    return make.live_listing()


@pytest.fixture
def shopper(person, db):
    return person("inspector", name="shopper", organisation=make.body().organisation)


@pytest.fixture
def examiner(person, db):
    return person("inspector", name="examiner", organisation=make.body().organisation)


@pytest.fixture
def head(person, db):
    return person("inspector", name="head of the lab", organisation=make.body().organisation)
