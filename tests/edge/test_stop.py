"""An edge that is told to stop still answers what it has accepted."""

import os
import signal
import threading
import time

import pytest

from scaffold import edges

pytestmark = pytest.mark.system


@pytest.mark.parametrize("slow", (0.5, 4.0))
def test_what_was_accepted_is_answered_before_it_stops(slow):
    def answer(asked):
        time.sleep(slow)
        return edges.page("late", until=None)

    with edges.running() as edge:
        edge.django.answers["/en/slow/"] = answer
        got = []
        reader = threading.Thread(target=lambda: got.append(edge.get("/en/slow/").status))
        reader.start()
        edges.eventually(lambda: edge.django.asked("/en/slow/"))
        os.kill(edge.process.pid, signal.SIGTERM)
        reader.join(20)
        assert got == [200]
