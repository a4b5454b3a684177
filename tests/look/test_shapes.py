import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.look import shapes
from collegium.look.shapes import Disc, Field

BOX = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
inside = st.tuples(st.floats(1, 99), st.floats(1, 99))


@given(st.lists(inside, min_size=2, max_size=8, unique=True))
def test_every_corner_of_a_cell_is_nearest_to_its_own_seed(seeds):
    seed, *others = seeds
    for corner in shapes.voronoi_cell(seed, others, BOX):
        assert all(math.dist(corner, seed) <= math.dist(corner, other) + 1e-3 for other in others)


def test_two_seeds_share_the_box_by_halves():
    assert set(shapes.voronoi_cell((25, 50), [(75, 50)], BOX)) == {(0, 0), (50, 0), (50, 100), (0, 100)}


def test_a_blob_closes_and_turns_through_the_middles_of_its_sides():
    assert shapes.blob([(0, 0), (10, 0), (10, 10), (0, 10)]) == "M0 5q0-5 5-5q5 0 5 5q0 5-5 5q-5 0-5-5z"


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=3, max_size=9))
def test_the_moves_of_a_blob_lead_back_to_its_start(ring):
    moves = re.findall(r"q([^qz]*)", shapes.blob(ring))
    ends = [[int(number) for number in re.findall(r"-?\d+", move)][2:] for move in moves]
    assert [sum(end[axis] for end in ends) for axis in (0, 1)] == [0, 0]


def test_discs_of_one_width_are_one_path():
    drawn = shapes.discs("stain", [Disc(9, 1, 2), Disc(10, 3, 4), Disc(30, 5, 6, 1, -2)])
    assert drawn == (
        '<path class="d-stain" d="M1 2l0 0M3 4l0 0" stroke-width="9"/>'
        '<path class="d-stain" d="M5 6l1-2" stroke-width="30"/>'
    )


def test_the_contour_of_a_hill_is_one_ring_at_its_height():
    rings = shapes.contours(lambda x, y: 80 - math.dist((x, y), (150, 150)), Field(300, 300), 12)
    assert len(rings) == 1
    assert all(math.dist(point, (150, 150)) == pytest.approx(80, abs=2) for point in rings[0])


def test_a_contour_that_leaves_the_field_is_closed_outside():
    rings = shapes.contours(lambda x, y: 50 - abs(y - 150), Field(300, 300), 12)
    assert len(rings) == 1
    assert min(x for x, _ in rings[0]) < 0
    assert max(x for x, _ in rings[0]) > 300


@pytest.mark.parametrize(("field", "groups", "scale"), [(Field(600, 400), 1, 1), (Field(1440, 300), 2, 0.75)])
def test_a_field_knows_how_much_it_has_room_for(field, groups, scale):
    assert (field.groups, field.scale) == (groups, scale)
