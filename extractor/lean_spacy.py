"""The parts of spaCy that are used, loaded without the rest of it.

`import spacy` loads pipelines, training and a command line around what are four classes here: half of its time and
30 MiB. Who imports spaCy itself still gets all of it.
"""

from __future__ import annotations

from extractor.bare import bare

with bare("spacy"):
    from spacy.attrs import LOWER
    from spacy.tokens import Doc  # isort: skip  (before the matcher, which needs it half loaded)
    from spacy.matcher.phrasematcher import PhraseMatcher
    from spacy.strings import StringStore
    from spacy.vocab import Vocab

__all__ = ["LOWER", "Doc", "PhraseMatcher", "StringStore", "Vocab"]
