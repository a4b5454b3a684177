"""What the fuzz programs share: Django, mutated texts, and the time that one input may take."""

import os
import time
from collections.abc import Callable, Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.config.settings.test")

import django
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

django.setup()

#: How many inputs each test tries. A release tries a million.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10000"))
#: Seconds that an input may take, however small, and per megabyte. Other programs share the machine.
SECONDS = 1.0

fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def in_time(read: Callable[[], object], size: int) -> None:
    """Run `read` on an input of `size` characters; fail where it takes too long."""
    begun = time.process_time()
    read()
    taken = time.process_time() - begun
    assert taken < SECONDS * max(1, size / 1_000_000), f"{taken:.1f} s for {size:,} characters"


def repeated(tokens: Sequence[str], longest: int) -> st.SearchStrategy[str]:
    """One or two tokens, many times: what makes careless parsers slow."""
    few = st.lists(st.sampled_from(tokens), min_size=1, max_size=3).map("".join)
    return st.builds(lambda token, length: token * (length // len(token) + 1), few, st.integers(1, longest))


def mutated(text: str, tokens: Sequence[str]) -> st.SearchStrategy[str]:
    """`text` with up to six slices replaced by tokens, by nothing, or by any characters."""
    piece = st.one_of(st.sampled_from(tokens), st.just(""), st.text(max_size=8))
    place = st.tuples(st.integers(0, len(text)), st.integers(0, 20), piece)
    return st.lists(place, min_size=1, max_size=6).map(lambda places: _replaced(text, places))


def _replaced(text: str, places: Sequence[tuple[int, int, str]]) -> str:
    for start, length, piece in places:
        text = text[:start] + piece + text[start + length :]
    return text
