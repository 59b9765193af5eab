import pytest

from tests.makers.vehicles import counted_statements


@pytest.fixture
def statements(parts):
    """With `statements() as sent`, `sent` holds what the application asks the database."""
    return lambda: counted_statements(parts)
