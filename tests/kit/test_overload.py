"""More callers than connections: they are asked to come back, nothing breaks."""

from sqlalchemy.exc import TimeoutError as NoConnectionFree

from portal.kit import errors, text


def test_no_free_connection_is_an_honest_busy():
    problem = NoConnectionFree("QueuePool limit reached")
    with text.speaking("de"):
        body = errors.body_of(problem, "/api/v1/vehicles")
    assert (body.status, body.code) == (503, "UNAVAILABLE")
    assert errors.headers_of(problem) == {"Retry-After": "5"}
