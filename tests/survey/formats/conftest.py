import pytest


@pytest.fixture
def written(tmp_path):
    """Writes a small export and gives its path."""

    def write(content, name="export.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
