"""Shared by all tests: how hypothesis searches."""

import os

from hypothesis import settings

from tests.stores import *  # noqa: F403 - fixtures: store, store_url, sqlite_store, postgres_url ...
from tests.waves import sealer  # noqa: F401 - fixture

# On a developer's machine every run tries new examples; in CI the examples are always the same,
# so that a failure there is the change's own.
settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
