"""spaCy in parts is still spaCy."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOAD = "import sys; from extractor.language import language; found = language().find('given docetaxel'); "


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("assert found and not {'spacy', 'spacy.language', 'spacy.cli'} & set(sys.modules)", id="parts"),
        pytest.param("import spacy; assert spacy.blank('en')('a word')[1].text == 'word'", id="all-when-asked"),
        pytest.param("import spacy.tokens as t, extractor.lean_spacy as s; assert t.Doc is s.Doc", id="the-same-parts"),
    ],
)
def test_lean_spacy(asked: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOAD + asked], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
