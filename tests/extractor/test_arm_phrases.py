"""Arms in the phrasing of many journals: invented abstracts, and the label, size, role and drugs of each arm."""

from collections.abc import Callable

import pytest

from extractor.study import Study

PAPER = """{title}

Ana Keller and Tomás Varga

# Abstract

{abstract}

# Methods

{methods}

# Results

As above.
"""
Row = tuple[str, int | None, str | None, tuple[str, ...]]


CASES: dict[str, tuple[str, str, str, list[Row]]] = {
    "numbered groups with sizes": (
        "Postoperative pain: a randomised trial",
        "Sixty patients were randomly divided into two groups: Group 1 (n = 30) received tramadol and Group 2 (n = 30) received ketorolac.",
        "Pain was scored in group 1 and group 2. Group 1 had a pump. Group 2 had none.",
        [("Group 1", 30, None, ("tramadol",)), ("Group 2", 30, None, ("ketorolac",))],
    ),
    "parts in a bracket": (
        "Metformin against placebo: a randomised trial",
        "A total of 452 women (228 in the metformin group and 224 in the placebo group) were randomly assigned.",
        "Women were randomly assigned to receive metformin or placebo.",
        [("metformin", 228, "experimental", ("metformin",)), ("placebo", 224, "comparator", ("placebo",))],
    ),
    "parts that received": (
        "Metformin against placebo: a randomised trial",
        "The intention-to-treat population included 452 women: 228 received metformin and 224 received placebo.",
        "Women were randomly assigned to receive metformin or placebo.",
        [("metformin", 228, "experimental", ("metformin",)), ("placebo", 224, "comparator", ("placebo",))],
    ),
    "a list of parts": (
        "Metformin against placebo: a randomised trial",
        "452 women were enrolled (metformin, 228; placebo, 224).",
        "Women were randomly assigned to receive metformin or placebo.",
        [("metformin", 228, "experimental", ("metformin",)), ("placebo", 224, "comparator", ("placebo",))],
    ),
    "the parts of a subgroup": (
        "Metformin against placebo: a randomised trial",
        "In the older group, 41 women were analysed by intention to treat: 23 received placebo and 18 received metformin.",
        "Women were randomly assigned to receive metformin or placebo.",
        [("metformin", None, "experimental", ("metformin",)), ("placebo", None, "comparator", ("placebo",))],
    ),
    "lettered groups with their control": (
        "Metformin before surgery: a randomised trial",
        "Forty women were divided into two groups: Group A: N = 21 (control group, no drug) and Group B: N = 19 (metformin 500 mg/day).",
        "Group A and Group B were alike. In Group A nothing was given; in Group B tablets were given.",
        [("Group A", 21, "comparator", ()), ("Group B", 19, "experimental", ("metformin",))],
    ),
    "sizes before the names": (
        "Sertraline or placebo after stroke: a randomised trial",
        "Of the 120 patients randomised, 62 received sertraline and 58 received placebo.",
        "Doses were fixed.",
        [("sertraline", 62, "experimental", ("sertraline",)), ("placebo", 58, "comparator", ("placebo",))],
    ),
    "patients in brackets": (
        "Two schedules of cisplatin: a randomised trial",
        "We randomly assigned patients to weekly cisplatin (120 patients) or three-weekly cisplatin (118 patients).",
        "The weekly cisplatin group and the three-weekly cisplatin group were seen alike.",
        [("weekly cisplatin", 120, None, ("cisplatin",)), ("three-weekly cisplatin", 118, None, ("cisplatin",))],
    ),
    "allocated to the groups": (
        "Infliximab versus ciclosporin in colitis: a randomised trial",
        "Of 270 patients, 136 were allocated to the infliximab group and 134 to the ciclosporin group.",
        "Doses were fixed.",
        [
            ("infliximab", 136, "experimental", ("infliximab",)),
            ("ciclosporin", 134, "comparator", ("ciclosporin",)),
        ],
    ),
    "no drug at all": (
        "Acupuncture for neck pain: a randomised trial",
        "Eighty adults were randomised to acupuncture (n = 41) or a waiting list (n = 39).",
        "Adults in the acupuncture group were seen weekly. The acupuncture group met once more.",
        [("acupuncture", 41, "experimental", ()), ("waiting list", 39, "comparator", ())],
    ),
    "acronyms of groups": (
        "Selenium during radiotherapy: a randomised trial",
        "In the selenium group (SeG) fewer patients had diarrhoea than in the control group (CG).",
        "The SeG and the CG were alike: in the selenium group blood was taken as in the control group. The selenium group came daily, the control group weekly.",
        [("selenium", None, "experimental", ("selenium",)), ("control", None, "comparator", ())],
    ),
    "the drug's own placebo": (
        "Fulvestrant, anastrozole or both: a randomised trial",
        "Women received fulvestrant plus anastrozole (n = 31), fulvestrant plus anastrozole placebo (n = 35), or anastrozole plus fulvestrant placebo (n = 37).",
        "Doses were fixed.",
        [
            ("fulvestrant plus anastrozole", 31, "experimental", ("anastrozole", "fulvestrant")),
            ("fulvestrant plus anastrozole placebo", 35, "comparator", ("fulvestrant", "placebo")),
            ("anastrozole plus fulvestrant placebo", 37, "comparator", ("anastrozole", "placebo")),
        ],
    ),
    "short names in brackets": (
        "Palbociclib before surgery: a randomised trial",
        "Women were randomised to receive letrozole plus palbociclib (LP) or letrozole plus palbociclib placebo (LO).",
        "There were 41 in LP (n = 41) and 39 in LO (n = 39).",
        [
            ("LP", 41, "experimental", ("letrozole", "palbociclib")),
            ("LO", 39, "comparator", ("letrozole", "placebo")),
        ],
    ),
    "drugs that no table lists": (
        "Zelostatumab or dorvaximab in asthma: a randomised trial",
        "Adults were randomised to zelostatumab (n = 50) or placebo (n = 52).",
        "Doses were fixed.",
        [("zelostatumab", 50, "experimental", ("zelostatumab",)), ("placebo", 52, "comparator", ("placebo",))],
    ),
    "three doses and placebo": (
        "Dose finding of mirabegron: a randomised trial",
        "Adults were randomised to mirabegron 25 mg (n = 50), mirabegron 50 mg (n = 51), mirabegron 100 mg (n = 49), or placebo (n = 52).",
        "Doses were fixed.",
        [
            ("mirabegron 25 mg", 50, "experimental", ("mirabegron",)),
            ("mirabegron 50 mg", 51, "experimental", ("mirabegron",)),
            ("mirabegron 100 mg", 49, "experimental", ("mirabegron",)),
            ("placebo", 52, "comparator", ("placebo",)),
        ],
    ),
    "surgery": (
        "Open versus laparoscopic hernia repair: a randomised trial",
        "Patients were randomised to the laparoscopic group (n = 101) or the open group (n = 99).",
        "In the laparoscopic group three ports were used; in the open group, one cut. The laparoscopic group and the open group had the same care.",
        [("laparoscopic", 101, "comparator", ()), ("open", 99, "experimental", ())],
    ),
    "arms with what they were given": (
        "Adding bevacizumab: a randomised phase 2 trial",
        "Patients were randomised to arm A (paclitaxel and carboplatin) or arm B (paclitaxel, carboplatin and bevacizumab).",
        "Arm A had 40 patients. Arm B had 42 patients. Patients in arm A and arm B were seen weekly.",
        [
            ("arm A", None, "comparator", ("carboplatin", "paclitaxel")),
            ("arm B", None, "experimental", ("bevacizumab", "carboplatin", "paclitaxel")),
        ],
    ),
    "a control group beside two diets": (
        "Two diets for fatty liver: a randomised trial",
        "Adults were randomly assigned to the oat diet group, the nut diet group, or the control group.",
        "Liver fat fell in the oat diet group. The nut diet group lost less than the oat diet group. It rose in the nut diet group.",
        [
            ("oat diet", None, "experimental", ()),
            ("nut diet", None, "experimental", ()),
            ("control", None, "comparator", ()),
        ],
    ),
    "treatments that only an adjective names": (
        "Pressure targets in intensive care: a randomised trial",
        "We randomly assigned 900 adults to tight treatment (target below 60 mm Hg) or standard treatment (target below 80 mm Hg).",
        "Deaths were counted in the tight-treatment group.",
        [("tight", None, "experimental", ()), ("standard", None, "comparator", ())],
    ),
    "drinks in random order": (
        "Cherry juice and sleep: a randomised crossover trial",
        "In random order, each adult drank cherry juice (200 mL) and water, separated by a two-week washout.",
        "Sleep was measured.",
        [("cherry juice", None, None, ("cherry juice",)), ("water", None, None, ())],
    ),
    "meals before their order": (
        "Meals and satiety: a crossover trial",
        "Ten men ate lentils, rice, or potatoes in randomised order after a night without food.",
        "Hunger was scored.",
        [("lentils", None, None, ()), ("rice", None, None, ()), ("potatoes", None, None, ())],
    ),
    "bare doses behind the first": (
        "Dose of ketorolac: a randomised trial",
        "Patients were randomly allocated to ketorolac 10 mg (n = 31), 20 mg (n = 30) or 30 mg (n = 29).",
        "Pain was scored.",
        [
            ("ketorolac 10 mg", 31, None, ("ketorolac",)),
            ("ketorolac 20 mg", 30, None, ("ketorolac",)),
            ("ketorolac 30 mg", 29, None, ("ketorolac",)),
        ],
    ),
    "half and half": (
        "Sertraline after stroke: a randomised trial",
        "Half of the adults were assigned to sertraline and the other half to placebo.",
        "Doses were fixed.",
        [("sertraline", None, "experimental", ("sertraline",)), ("placebo", None, "comparator", ("placebo",))],
    ),
    "sizes behind the names of groups": (
        "Splint or operation for the wrist: a randomised trial",
        "Adults were randomised to open carpal release (operation group; 71 patients) or a night splint (splint group; 73 patients).",
        "Pain fell in the operation group. The splint group had more pain. The operation group had scars, the splint group had none.",
        [("operation", 71, None, ()), ("splint", 73, None, ())],
    ),
    "one size at the end": (
        "Two local anaesthetics: a randomised trial",
        "Adults were allocated to two groups: group L received lidocaine 1.5 mg/kg and group R received ropivacaine 2.5 mg/kg before the cut (n = 25 in each).",
        "Group L had pain. Group R had less. Group L slept, group R did not.",
        [("Group L", 25, None, ("lidocaine",)), ("group R", 25, None, ("ropivacaine",))],
    ),
    "three letters, one of them seldom named": (
        "Adjuvants to bupivacaine: a randomised trial",
        "Ninety women were allocated into three groups of 30 each. Group D received 10 mg bupivacaine with 5 µg dexmedetomidine, Group F received 10 mg bupivacaine with 25 µg fentanyl and Group C received 10 mg bupivacaine with 0.5 ml saline.",
        "Group D had a rise. Group F had a fall. Group D and Group F slept; Group C did not.",
        [
            ("Group C", 30, None, ("bupivacaine", "saline")),
            ("Group D", 30, None, ("bupivacaine", "dexmedetomidine")),
            ("Group F", 30, None, ("bupivacaine", "fentanyl")),
        ],
    ),
}


@pytest.mark.parametrize(("title", "abstract", "methods", "found"), CASES.values(), ids=CASES)
def test_arms(read_paper: Callable[[str], Study], title: str, abstract: str, methods: str, found: list[Row]) -> None:
    study = read_paper(PAPER.format(title=title, abstract=abstract, methods=methods))
    assert [(arm.label, arm.size, arm.role, arm.drugs) for arm in study.arms.arms] == found
