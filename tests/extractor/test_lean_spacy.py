"""spaCy without its command line is still spaCy."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOAD = "import sys; from extractor.lean_spacy import Doc; import spacy; "


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("assert not {'requests', 'httpx', 'weasel', 'spacy.cli'} & set(sys.modules)", id="not-loaded"),
        pytest.param("assert 'spacy_version' in spacy.info(silent=True)", id="info-when-called"),
        pytest.param(
            "from spacy.cli.download import download; assert callable(download)", id="command-line-when-asked"
        ),
    ],
)
def test_lean_spacy(asked: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOAD + asked], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
