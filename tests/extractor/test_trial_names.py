"""Names of trials in invented papers."""

from collections.abc import Callable

import pytest

from extractor.study import Study
from extractor.trial_names import acronym

ReadPaper = Callable[[str], Study]
PAPER = "{title}\n\nAna Keller and Tomás Varga\n\n# Abstract\n\n{abstract}\n\n# Methods\n\nAs planned.\n"


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("MERIDA-3: docetaxel in gastric cancer", "It was done.", "MERIDA-3"),
        ("Docetaxel in gastric cancer (the LUNARA trial)", "It was done.", "LUNARA"),
        (
            "Docetaxel in gastric cancer",
            "In the LUNARA trial we did it. The LUNARA trial ended. LUNARA study.",
            "LUNARA",
        ),
        ("Docetaxel in gastric cancer", "The LUNARA trial was done.", None),
        ("Docetaxel in gastric cancer (RCT)", "It was done.", None),
        ("The MERIDA randomised phase III trial of docetaxel", "It was done.", "MERIDA"),
        ("Docetaxel in cancer: LUNARA study", "The LUNARA study was done.", "LUNARA"),
        ("Docetaxel in Lungs (DOLUN): a randomised trial", "We did it.", "DOLUN"),
        ("Japan Cancer Docetaxel (J-CADO): an open-label study", "It was done.", "J-CADO"),
        ("Docetaxel in renal cell cancer (RCC): a randomised trial", "In renal cell cancer (RCC) it is new.", None),
        ("Docetaxel in ART: a randomised trial", "It was done.", None),
        ("Docetaxel in cancer", "Docetaxel On Gastric sites (DOGS) study was done. The (DOGS) study ended.", "DOGS"),
        ("Docetaxel in cancer", "The ALPHA and BETA trials were done. The ALPHA and BETA trials ended.", None),
        ("Docetaxel in gastric cancer", "The MRI study was done. The MRI study ended. An MRI study again.", None),
    ],
)
def test_acronym(read_paper: ReadPaper, title: str, abstract: str, name: str | None) -> None:
    study = read_paper(PAPER.format(title=title, abstract=abstract))
    assert [stated.value for stated in acronym(study)] == ([name] if name else [])
