"""Printed references of invented works, in the styles that journals print."""

import pytest

from extractor.references import parse_text

TITLE = "Effect of drug A on progression of disease B: a randomised trial"
FULL = {
    "title": TITLE,
    "journal": "J Clin Oncol",
    "year": 2011,
    "volume": "29",
    "first_page": "1234",
    "last_page": "1242",
}
TWO = [("Weber", "KA"), ("van der Berg", "J")]

STYLES = {
    "vancouver": f"Weber KA, van der Berg J. {TITLE}. J Clin Oncol 2011;29:1234–42.",
    "vancouver-dates": f"Weber KA, van der Berg J. {TITLE}. J Clin Oncol. 2011 Mar 3;29(7):1234-42. Epub 2011 Jan 9.",
    "ama": f"1. Weber KA, van der Berg J. {TITLE}. *J Clin Oncol*. 2011;29(7):1234-1242.",
    "bmc": f"Weber KA, van der Berg J: **{TITLE}.** *J Clin Oncol* 2011, **29:**1234-1242.",
    "nature": f"Weber, K. A. & van der Berg, J. {TITLE}. *J Clin Oncol* **29**, 1234–1242 (2011).",
    "apa": f"Weber, K. A., & van der Berg, J. (2011). {TITLE}. J Clin Oncol, 29(7), 1234–1242.",
    "harvard": f"Weber, K. A., van der Berg, J., 2011. {TITLE}. J Clin Oncol 29, 1234–1242.",
    "springer": f"Weber KA, van der Berg J (2011) {TITLE}. J Clin Oncol 29:1234–1242",
    "plos": f"[1] Weber KA, van der Berg J (2011) {TITLE}. J Clin Oncol 29: 1234–1242.",
    "elsevier": f"K.A. Weber, J. van der Berg, {TITLE}, J Clin Oncol 29 (2011) 1234–1242.",
    "ieee": f"K. A. Weber and J. van der Berg, “{TITLE},” J Clin Oncol, vol. 29, no. 7, pp. 1234–1242, Mar. 2011.",
    "asco": f"Weber KA, van der Berg J: {TITLE}. J Clin Oncol 29:1234-1242, 2011",
    "asm": f"Weber KA, van der Berg J. 2011. {TITLE}. J Clin Oncol 29:1234–1242.",
    "lancet": f"- Weber KA, van der Berg J. {TITLE}. J Clin Oncol 2011; 29: 1234–42.",
    "unstopped": f"Weber KA, van der Berg J {TITLE}. J Clin Oncol2011;29:1234–1242.",
}


def read(text: str):
    return parse_text([text])[0]


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_one_work_reads_the_same_in_every_style(text):
    reference = read(text)
    assert {field: getattr(reference, field) for field in FULL} == FULL
    names = [(author.family, (author.given or "").replace(".", "").replace(" ", "")) for author in reference.authors]
    assert names == TWO
    assert reference.et_al is False
    assert reference.raw == text


NUMBERS = [
    ("2005;23 Suppl 2:S12-9.", ("2005", "23", "Suppl 2", "S12", "S19")),
    ("2005;23(Suppl 2):S12–S19.", ("2005", "23", "Suppl 2", "S12", "S19")),
    ("2005;23(6 Suppl):12-19.", ("2005", "23", "6 Suppl", "12", "19")),
    ("2003;126(Pt 4):770–82.", ("2003", "126", "Pt 4", "770", "782")),
    ("2015;10(3):e0118486.", ("2015", "10", "3", "e0118486", None)),
    ("2009;(2):CD002091.", ("2009", None, "2", "CD002091", None)),
    ("2021;7:eabf9419.", ("2021", "7", None, "eabf9419", None)),
    ("2003;6:S107–S147.", ("2003", "6", None, "S107", "S147")),
    ("1995;76:54C–59C.", ("1995", "76", None, "54C", "59C")),
    ("2007:202–205.", ("2007", None, None, "202", "205")),
    ("1989;ii:757–761.", ("1989", "ii", None, "757", "761")),
    ("2013 Apr-Jun;10(2):77–86.", ("2013", "10", "2", "77", "86")),
    ("2013 11 2;43(11):1139–55.", ("2013", "43", "11", "1139", "1155")),
    ("2018;36(15_suppl):11503.", ("2018", "36", "15 suppl", "11503", None)),
    ("2021;81(13 Suppl):CT035–CT036.", ("2021", "81", "13 Suppl", "CT035", "CT036")),
    ("2012;30(15 suppl; abstr 2033).", ("2012", "30", "15 suppl; abstr 2033", None, None)),
    ("2011;140(5, Suppl 1):S-57–S-58.", ("2011", "140", "5, Suppl 1", "S-57", "S-58")),
]


@pytest.mark.parametrize(("numbers", "wanted"), NUMBERS, ids=[numbers for numbers, _ in NUMBERS])
def test_numbers(numbers, wanted):
    reference = read(f"Weber KA. {TITLE}. Eur Heart J {numbers}")
    year = str(reference.year) if reference.year else None
    assert (year, reference.volume, reference.issue, reference.first_page, reference.last_page) == wanted
    assert reference.journal == "Eur Heart J"
    assert reference.title == TITLE


AUTHORS = [
    ("O'Brien JM, Castro-Leão AH, De Stefano N. ", [("O'Brien", "JM"), ("Castro-Leão", "AH"), ("De Stefano", "N")]),
    ("Morgan GE Jr, Larson CP 3rd. ", [("Morgan", "GE Jr"), ("Larson", "CP 3rd")]),
    ("Weber KA, smith J, Larsen CP. ", [("Weber", "KA"), ("smith", "J"), ("Larsen", "CP")]),
    ("Weber KA, Larsen CP; ACME Study Group. ", [("Weber", "KA"), ("Larsen", "CP"), ("ACME Study Group", None)]),
    ("World Health Organization. ", [("World Health Organization", None)]),
    ("Food and Drug Administration (FDA). ", [("Food and Drug Administration (FDA)", None)]),
    ("U.S. Food & Drug Administration. ", [("U.S. Food & Drug Administration", None)]),
    ("ACME Study Group, BETA Writing Committee. ", [("ACME Study Group", None), ("BETA Writing Committee", None)]),
    ("Schwab US, Larsen CP, ACME Extra. ", [("Schwab", "US"), ("Larsen", "CP"), ("ACME Extra", None)]),
    ("Dupont J.-P., Čapek K.L., Ørsted H. ", [("Dupont", "J.-P."), ("Čapek", "K.L."), ("Ørsted", "H.")]),
    ("", []),
]


@pytest.mark.parametrize(("printed", "wanted"), AUTHORS, ids=[printed or "nobody" for printed, _ in AUTHORS])
def test_authors(printed, wanted):
    reference = read(f"{printed}{TITLE}. Lancet 2001;357:1576–82.")
    assert [(author.family, author.given) for author in reference.authors] == wanted
    assert reference.title == TITLE


@pytest.mark.parametrize("more", [", et al. ", " et al. ", ", et al: ", ", and others. "])
def test_et_al(more):
    reference = read(f"Weber KA, Larsen CP{more}{TITLE}. Lancet 2001;357:1576–82.")
    assert (len(reference.authors), reference.et_al, reference.title) == (2, True, TITLE)


IDENTIFIERS = [
    ("doi:10.1000/abc.12-3.", "10.1000/abc.12-3", None),
    ("https://doi.org/10.1000/S0140-6736(11)61720-0.", "10.1000/S0140-6736(11)61720-0", None),
    ("(doi: 10.1000/xyz)", "10.1000/xyz", None),
    ("doi: 10.1000/(SICI)1097-0142(2000)89:12<2637::AID-X>3.0.CO;2-B", "10.1000/(SICI)1097-0142(2000)89:12<2637::AID-X>3.0.CO;2-B", None),
    ("doi: 10.1000/j.abc. 2011.12.018", "10.1000/j.abc.2011.12.018", None),
    ("PMID: 12345678; PMCID: PMC7654321.", None, "12345678"),
    ("[PubMed: 12345678]", None, "12345678"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "doi", "pmid"), IDENTIFIERS, ids=[printed for printed, _, _ in IDENTIFIERS])
def test_identifiers(printed, doi, pmid):
    reference = read(f"Weber KA. {TITLE}. Lancet 2001;357:1576–82. {printed}")
    assert (reference.doi, reference.pmid) == (doi, pmid)
    assert (reference.first_page, reference.last_page) == ("1576", "1582")


TITLES = [
    ("Does A help in B?", "Does A help in B?"),
    ("COX-2 and 18:1n-9 in stage 3 disease", "COX-2 and 18:1n-9 in stage 3 disease"),
    ("Outcome at 5 years, 1995–2000. Data from a registry", "Outcome at 5 years, 1995–2000. Data from a registry"),
    ("Trial of β3 agonists in 2010 patients", "Trial of β3 agonists in 2010 patients"),
]


@pytest.mark.parametrize(("printed", "wanted"), TITLES, ids=[wanted for _, wanted in TITLES])
@pytest.mark.parametrize(
    "journal", ["Blood", "N Engl J Med", "Acta Imaginaria", "J. Imag. Res.", "Journal of Imagined Results"]
)
def test_titles_end_where_the_journal_begins(printed, wanted, journal):
    stop = "" if printed.endswith("?") else "."
    reference = read(f"Weber KA, Larsen CP. {printed}{stop} {journal} 2010;3:11-19.")
    assert (reference.title, reference.journal) == (wanted, journal.rstrip("."))


OTHER_WORKS = [
    (
        "Weber KA. The liver. In: Larsen CP, Olsen T, editors. Textbook of invented medicine. 2nd ed. New York: Acme Press; 1998. p. 45-67.",
        {
            "title": "The liver",
            "journal": "Textbook of invented medicine",
            "year": 1998,
            "first_page": "45",
            "last_page": "67",
        },
    ),
    (
        "Weber KA, Larsen CP. Invented trials. 3rd ed. Chichester: Wiley; 2002.",
        {"title": "Invented trials", "journal": None, "year": 2002, "volume": None},
    ),
    (
        "Weber, K. & Larsen, C. Modeling invented data: the long way (Springer, 2000).",
        {"title": "Modeling invented data: the long way", "journal": None, "year": 2000},
    ),
    (
        "Weber K, Larsen C. Drug A in mice. bioRxiv 2020.01.02.123456; doi: https://doi.org/10.1101/2020.01.02.123456.",
        {
            "title": "Drug A in mice",
            "journal": "bioRxiv",
            "year": 2020,
            "volume": None,
            "doi": "10.1101/2020.01.02.123456",
        },
    ),
    (
        "National Cancer Institute. Criteria for events, version 3.0. Available from: http://example.org/ctc.pdf. Accessed 30 October 2014.",
        {"title": "Criteria for events, version 3.0", "journal": None, "first_page": None, "doi": None},
    ),
    (
        "Weber KA. Movement in mice. PhD thesis, University of Nowhere. 2014.",
        {"title": "Movement in mice", "journal": None, "year": 2014},
    ),
]


@pytest.mark.parametrize(
    ("text", "wanted"), OTHER_WORKS, ids=["chapter", "book", "house-in-brackets", "preprint", "web", "thesis"]
)
def test_works_outside_journals(text, wanted):
    reference = read(text)
    assert {field: getattr(reference, field) for field in wanted} == wanted


def test_the_list_decides_what_one_item_leaves_open():
    lines = [f"Weber KA. {TITLE}. Lancet 2001;357:{page}-{page + 8}." for page in range(100, 500, 100)]
    lines.append("Acme Compendium. Summary of drug A. 2010.")
    last = parse_text(lines)[-1]
    assert [author.family for author in last.authors] == ["Acme Compendium"]
    assert last.title == "Summary of drug A"
    assert {reference.rule for reference in parse_text(lines)} == {"references.vancouver"}


@pytest.mark.parametrize("text", ["", ".", "—", "see above", "1234", "(((((", "a" * 3000, "A, " * 500, "1-" * 800])
def test_anything_is_kept_and_nothing_fails(text):
    reference = read(text)
    assert reference.raw == text
    assert reference.volume is None or reference.volume.isdigit()


def test_what_cannot_be_read_says_so():
    assert read("Ibid. 12.").rule == "references.unparsed"
