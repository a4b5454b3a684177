import pytest

from scaffold import edges


@pytest.fixture(scope="module")
def shared_edge():
    with edges.running() as edge:
        yield edge


@pytest.fixture
def edge(shared_edge):
    """A real edge with nothing in its store, before an upstream that has been asked nothing yet."""
    shared_edge.content_version.increment()
    shared_edge.django.reached.clear()
    shared_edge.django.answers.clear()
    return shared_edge
