from __future__ import annotations

import textwrap

import pytest
from typesetter import ALPHA, BETA, GAMMA, HEIGHT, RIGHT, read, two_columns

from corpus.pdf.places import lines_of, page_boxes, turned


def test_every_character_has_its_place() -> None:
    document = read(two_columns(ALPHA, BETA), two_columns(GAMMA, ALPHA))
    start = document.text.index("Nobody left")
    (place,) = page_boxes(document, start, start + len("Nobody left"))
    assert (place.page, round(place.left)) == (1, RIGHT)
    assert 11 * 5.4 <= place.right - place.left < 15 * 5.4
    assert place.bottom < HEIGHT - 104 < place.top
    later = document.text.index("Later on")
    assert [found.page for found in page_boxes(document, later, later + 5)] == [2]
    whole = document.text.index(ALPHA[:30])
    assert len(page_boxes(document, whole, whole + len(ALPHA))) == len(textwrap.wrap(ALPHA, 44))


@pytest.mark.parametrize("turn", range(4))
def test_words_of_a_line_are_one_box_in_every_direction(turn: int) -> None:
    words = [(10.0, 50.0, 30.0, 60.0), (33.0, 50.0, 45.0, 60.0), (10.0, 38.0, 20.0, 48.5)]
    boxes = [turned(word, -turn) for word in words]
    assert list(lines_of(boxes, turn)) == [
        turned((10.0, 50.0, 45.0, 60.0), -turn),
        turned((10.0, 38.0, 20.0, 48.5), -turn),
    ]
