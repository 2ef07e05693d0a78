"""What an eligibility criterion is about: the kinds of criteria and the words they are told by, the surest first."""

from __future__ import annotations

from functools import cache

from extractor.cues import Cued
from extractor.rules import Rule, pattern
from ontology import regex as re

ORGANS = r"(?:h(?:a)?ematologic(?:al)?|bone[- ]marrow|marrow|hepatic|liver|renal|kidney|cardiac|heart|cardiovascular|pulmonary|lung|respiratory|organ|thyroid|cardiopulmonary|coagulation|left ventricular|end-organ|neurologic(?:al)?|gastrointestinal)"
THERAPY = r"(?:(?:chemo|radio|immuno|hormono|pharmaco|mono|photo|bio|chemoradio|radiochemo)-?therap(?:y|ies)|therap(?:y|ies)|treatments?|regimens?|surger(?:y|ies)|operations?|resections?|biops(?:y|ies)|irradiation|radiation|transplantation|vaccin\w+|vaccines?|agents?|drugs?|medications?|exposure|antibiotics?|interferon|corticosteroids?|steroids?|biologics?|inhibitors?|blockers?|cytotoxics?|chemotherapeutics?|insulin|opioids?)"

RULES: tuple[Rule, ...] = (
    Rule(
        "eligibility.consent",
        pattern(
            r"\binformed consent\b|\bassent\b|\b(?:signed|sign|signing|giv(?:e|en|ing)|provid\w+|refus\w+|unable to|inability to|withdr\w+|lack of) (?:\w+ ){0,3}consent\b|\brefus\w+ to (?:participate|be randomi[sz]ed|take part)|\bunwilling(?:ness)? to (?:participate|take part)|\brefus(?:ed|al)\b"
        ),
        finds=("able to give informed consent", "signing consent form", "refusing to participate"),
        ignores=("the consensus criteria", "refractory disease"),
        fixed={"kind": "consent"},
    ),
    Rule(
        "eligibility.pregnancy",
        pattern(
            r"\b(?:non-?)?pregnan\w+|\blactat(?:ing|ion)\b|\bbreast-? ?feed\w*|\bnursing(?! home)\b|\bcontracepti\w+|\bchild-? ?bearing\b|\bfertile (?:age|women|but)|\bbirth control\b"
        ),
        finds=("pregnant or lactating women", "adequate contraception", "being pregnant or nursing"),
        ignores=("lactate dehydrogenase", "a nursing home"),
        fixed={"kind": "pregnancy"},
    ),
    Rule(
        "eligibility.karnofsky",
        pattern(r"\bKarnofsky\b|\bKPS\b|\bLansky\b"),
        finds=("a Karnofsky performance status of at least 70", "KPS ≥ 60"),
        ignores=("ECOG performance status 0-1",),
        fixed={"kind": "karnofsky"},
    ),
    Rule(
        "eligibility.ecog",
        pattern(
            r"\bECOG\b|\bEastern Co-?operative Oncology Group\b|\bZubrod\b|(?<!Karnofsky\s)\bperformance (?:status|score)\b|\bWHO PS\b|(?<!\w)PS (?:of )?(?=[0-4≤<])"
        ),
        finds=("ECOG performance status 0-1", "a WHO performance status of 0 or 1", "PS ≤ 2"),
        ignores=("Karnofsky performance status", "PSA > 4 ng/mL"),
        fixed={"kind": "ecog"},
    ),
    Rule(
        "eligibility.life_expectancy",
        pattern(
            r"\blife expectancy\b|\b(?:expected|anticipated|estimated|predicted|prospective) (?:overall )?(?:survival|life ?span)|\bexpected to (?:live|survive)\b|\bsurvival expectancy\b"
        ),
        finds=("a life expectancy of at least 12 weeks", "expected survival > 3 months"),
        ignores=("overall survival", "expected response"),
        fixed={"kind": "life-expectancy"},
    ),
    Rule(
        "eligibility.age",
        pattern(
            r"(?<!gestational\s)\b(?:aged?|ages)\b(?!-? ?(?:related|matched))|\byears? old\b|\byears? of age\b|\byears? (?:or|and) (?:older|over|above|younger)\b|\b(?:older|younger) than \d"
            r"|(?:≥|>|over|under|at least) ?\d\d years(?! ?(?:before|prior|since|from|of (?!age)))|\b\d\d ?(?:-|to) ?\d\d ?(?:years|yrs?)\b(?! of (?!age))"
        ),
        finds=("aged 18 years or older", "18-75 years of age", "over 30 years", "age ≥ 18"),
        ignores=("age-related macular degeneration", "in the past 5 years", "stage III"),
        fixed={"kind": "age"},
    ),
    Rule(
        "eligibility.measurable",
        pattern(
            r"\bmeasurable\b|\bevaluable (?:disease|lesion|tumou?r|focus)\w*|\b(?:at least (?:one|1)|a) (?:evaluable|target) (?:\w+ )?(?:lesion|focus|tumou?r)\w*|\bevaluable by\b"
        ),
        finds=("at least one measurable lesion", "measurable disease according to RECIST 1.1"),
        ignores=("measured at baseline", "evaluable patients"),
        fixed={"kind": "measurable-disease"},
    ),
    Rule(
        "eligibility.allergy",
        pattern(
            r"\ballerg(?:y|ies|ic)\b|\bhypersensitiv\w+|\banaphyla\w+|\b(?:\w+ )?(?<!glucose\s)(?<!exercise\s)intoleran(?:ce|t) (?:to|of)\b|\byeast intolerance\b"
        ),
        finds=("known hypersensitivity to taxanes", "allergic to local anaesthetics"),
        ignores=("impaired glucose tolerance", "allergen-free rooms"),
        fixed={"kind": "allergy"},
    ),
    Rule(
        "eligibility.stable_function",
        pattern(
            rf"\b(?:adequate|normal|acceptable|sufficient|satisfactory|preserved|good|intact|appropriate)\b(?:[ ,/&-]+(?:or|and|[\w-]+)){{0,7}}? ?[ ,/](?:functions?|reserves?|capacity|function tests?|counts?)\b|\bfunctions? of the {ORGANS}"
            r"|\bejection fraction\b|\bspirometr\w+|\bpulse oximetry\b"
        ),
        finds=(
            "adequate hepatic, renal, and bone marrow function",
            "a left ventricular ejection fraction of at least 50%",
            "normal cardiac function",
        ),
        ignores=("severe heart disease", "adequate tumour tissue"),
        fixed={"kind": "organ-function"},
    ),
    Rule(
        "eligibility.biomarker",
        pattern(
            r"\b(?:HER-?2|(?:o?estrogen|progesterone|hormone) receptors?|ER|PgR|HR|EGFR|K?-?RAS|NRAS|BRAF|ALK|ROS1|RET|MET|KIT|PD-?L1|BRCA ?[12]?|FLT3|IDH[12]|CD20|CD19|CD30|NPM1|JAK2|MSI|dMMR|PIK3CA|Philadelphia chromosome|BCR-ABL1?|HLA-[A-Z]\w*|ER-? and PR|triple)\b(?:[ /(),-]+(?:\w+[ /(),-]+){0,4}?)?(?:positiv\w+|negativ\w+|mutat\w+|mutant|wild-?type|amplifi\w+|rearrange\w+|(?:over)?express\w+|deficien\w+|fusions?|status)\b|\bwild-?type (?:K?RAS|BRAF|EGFR)|\bamyloid pathology\b|\b(?:confirmed|positive|detected) by (?:\w+ ){0,3}(?:dipstick|PCR|serology)\b"
        ),
        finds=("HER2-negative", "EGFR mutation", "wild-type KRAS", "hormone receptor-positive"),
        ignores=("HIV positive", "a negative pregnancy test"),
        fixed={"kind": "biomarker"},
    ),
    Rule(
        "eligibility.compliance",
        pattern(
            r"\bcomplian\w+|\bnon-?complian\w+|\b(?:unable|inability|unwilling|not able|incapable) (?:or unwilling )?to\b|\bopinion of\b|\bjudged (?:\w+ ){0,2}(?:by|ineligible|unsuitable|inappropriate)|\b(?:judg(?:e)?ment|discretion) of\b|\bdeemed\b|\b(?:that|which|to) (?:(?:could|would|might|may|can) )?(?:(?:potentially|be) )?(?:interfere|jeopardi[sz]e|affect|compromise|confound|preclude|influence)\w*|\bcandidates? for\b|\bfit (?:for|enough)\b|\bable to\b|\bsuitable for\b|\blarge enough\b|\bany (?:other )?(?:condition|reason|illness|disease|factor)s?\b(?= (?:that|which|known|deemed|possibly|judged|likely|associated))|\bwilling(?:ness)?\b|\b(?:another|other|any) (?:\w+ ){0,2}(?:clinical )?(?:trial|study)\b|\bparticipat\w+ in\b|\b(?:alcohol|drug|substance)s?\b(?:[ /,]+(?:or|and|[\w-]+)){0,3}[ /]+(?:abuse|misuse|addict\w+|dependen\w+|consumption|use)|\balcoholi(?:sm|cs?)\b|\bsmok(?:ers?|ing|ed)\b|\bgood (?:general )?health\b|\bhealthy?\b|\binvestigator(?:'s)? (?:site|staff)|\bdonat\w+\b|\blanguage\b|\bEnglish\b|\bcontra-?indicat\w+"
        ),
        finds=(
            "any condition that could interfere with the assessments",
            "alcohol or drug abuse",
            "participation in another trial",
        ),
        ignores=("history of stroke", "prior chemotherapy"),
        fixed={"kind": "other"},
    ),
    Rule(
        "eligibility.prior_therapy",
        pattern(
            rf"\b(?:prior|previous(?:ly)?|earlier|past|preceding|pre-?treat\w+|pretreatment|antecedent)\b(?:[ ,/-]+(?:or|and|to|with|for|of|[\w-]+)){{0,6}}?[ ,/-]+(?:{THERAPY}|treated|untreated|receiv\w+|exposed|transplant\w*|use)\b|\bpre-?treated\b"
            rf"|\b(?:no|without|not|any|never)(?: \w+){{0,3}} (?:prior|previous(?:ly)?)\b(?: \w+){{0,4}}? {THERAPY}\b|\b(?:treatment|chemotherapy|chemo|therapy|drug|steroid|biologic|antiretroviral)s?-na[iï]ve\b|\bna[iï]ve to\b|\b(?:previously )?untreated\b"
            rf"|\btreated with\b|\bfailed (?:to respond|at least|on)?|\bfailure of\b|\b(?:progress\w+|relapse\w*|recurr\w+|refractory|resistant|intolerant|responded|nonresponse|response)\b(?: \w+){{0,3}} (?:on|after|following|during|to)\b"
            rf"|\blines? of (?:\w+ )?{THERAPY}|\b(?:investigational|experimental|study) (?:drugs?|agents?|products?|medicinal products?|medications?|therap(?:y|ies)|treatments?)\b|\bwash-?out\b|\b(?:major|recent) (?:\w+ )?surgery\b|\bcycles of\b|\b(?:adjuvant|neo-?adjuvant|first-line|induction|maintenance|systemic|endocrine|hormonal|cytotoxic) (?:\w+ )?{THERAPY}\b|\bsince adjuvant\b|\bradiotherapy\b|\bchemotherapy\b|\btreatment with\b|\bscheduled (?:for|to)\b|\bplanned\b(?: \w+){{0,3}} surgery|\b(?:elective|scheduled)\b(?: [\w/()-]+){{0,4}} (?:surgery|procedures?|operations?)\b|\btransplantation\b|\bdialysis\b"
        ),
        finds=(
            "no prior chemotherapy for metastatic disease",
            "previously untreated",
            "treatment-naive",
            "treated with either drug in the 3 months before admission",
        ),
        ignores=("prior history of stroke", "measurable disease"),
        fixed={"kind": "prior-therapy"},
    ),
    Rule(
        "eligibility.concomitant",
        pattern(
            r"\b(?:concomitant|concurrent|simultaneous|current|regular|chronic|long-term|systemic|continuous|daily)(?:ly)? (?:[\w-]+ ){0,3}?(?:use|treatment|therapy|medications?|drugs?|corticosteroids?|steroids?|anticoagula\w+|immunosuppress\w+|administration)\b|\b(?:use|intake|ingestion|administration) of\b|\b(?:using|taking|take|takes)\b|\b(?:on|requir\w+|need(?:s|ing|ed)?(?: for)?|receiving) (?:[\w-]+ ){0,4}?(?:therapy|treatment|medications?|corticosteroids?|steroids?|anticoagula\w+|immunosuppress\w+|insulin|opioids?|agents)\b|\b(?:prohibited |\w+ )?medications?\b|\bsupplements?\b|\bcorticosteroids?\b|\banticoagula\w+|\bimmunosuppress(?:ive|ant) \w+|\bCYP ?3A4?\b|\b(?:heparin|statin|warfarin|insulin|hormone replacement|hormonal?|antithrombotic|thrombolytic|anticoagulant|antiplatelet|immunosuppressive|steroid) (?:therapy|treatment)\b|\bdrugs? (?:known|that|not)\b|\bantibiotics\b|\bmonotherapy\b|\bstable (?:dose|regimen)\b"
        ),
        finds=("taking any supplement", "chronic use of corticosteroids", "use of strong CYP3A4 inhibitors"),
        ignores=("drug abuse", "prior radiotherapy"),
        fixed={"kind": "concomitant-medication"},
    ),
    Rule(
        "eligibility.received",
        pattern(r"\b(?:received|undergone|receiving|undergoing|had taken|had used|been treated)\b"),
        finds=("had received sipuleucel-T", "undergoing thrombolysis"),
        ignores=("prior radiotherapy",),
        fixed={"kind": "prior-therapy"},
    ),
    Rule(
        "eligibility.drug_class",
        pattern(r"\b(?:inhibitors?|antagonists?|agonists?|blockers?|agents?|antibod(?:y|ies)|toxicity)\b"),
        finds=("IL-23 inhibitors", "methotrexate toxicity"),
        ignores=("prior radiotherapy",),
        fixed={"kind": "prior-therapy"},
    ),
    Rule(
        "eligibility.brain_metastases",
        pattern(
            r"\b(?:brain|CNS|central nervous system|cerebral|leptomeningeal|meninge\w+|intracranial)\b(?: \w+){0,3} (?:metasta\w+|involvement|disease|tumou?rs?|lesions?)"
        ),
        finds=("brain metastases", "central nervous system involvement"),
        ignores=("liver metastases",),
        fixed={"kind": "comorbidity"},
    ),
    Rule(
        "eligibility.stage",
        pattern(
            r"\bstages? (?:[0IV1-4]|[IT]{1,2}[ab]?\b)|\bstaged?\b(?= [I1-4])|\bT[0-4x][a-d]?(?= ?(?:,|-|/|or|to|and)? ?(?:N|T|M)[0-4x])|\btumou?r stage\b|\bT[1-4][a-d]?(?:N[0-3x]|-)|\bTNM\b|\bmetasta(?:tic|ses|sis|sized)\b|\b(?:locally )?advanced\b|\b(?:un|non-?)?resectable\b|\b(?:in)?operable\b|\blocali[sz]ed\b|\brecurrent\b|\blimited[- ](?:stage|disease)\b|\bextensive[- ](?:stage|disease)\b|\bextra-?hepatic disease\b|\b(?:low|intermediate|high|intermediate-\d)(?:[ -](?:or|to) (?:high|intermediate))?[- ]risk\b|\brisk by\b|\bearly[- ]stage\b|\bASA (?:physical )?(?:status|class|grade|I)|\bAmerican Society of An(?:a)?esthesiolog\w+"
        ),
        finds=("stage IIA to IIIC", "unresectable liver metastases", "locally advanced", "ASA physical status I and II"),
        ignores=("end stage", "plaque psoriasis"),
        fixed={"kind": "stage"},
    ),
    Rule(
        "eligibility.histology",
        pattern(
            r"\bhistolog\w+|\bhistopatholog\w+|\bcytolog\w+|\bpathological(?:ly)? (?:or \w+ )?(?:confirmed|proven|diagnos\w+|verified)|\bbiopsy[- ](?:proven|confirmed)|\b(?:confirmed|diagnosed) (?:by|with|as|via)\b|\bdiagnos(?:is|es) of\b|\bdiagnosed\b|\bclinical diagnosis\b|\b(?:met|meet\w*|fulfil\w*|satisf\w*)\b[^.;,]{0,40}?\bcriteria\b"
        ),
        finds=("histologically or cytologically confirmed adenocarcinoma", "a diagnosis of schizophrenia"),
        ignores=("history of stroke",),
        fixed={"kind": "histology"},
    ),
    Rule(
        "eligibility.disease",
        pattern(
            r"\bdiseases?\b(?!-)|\bfever\b|\bpyrexia\b|\bfebrile\b|\bdisorders?\b|\billness(?:es)?\b|\bconditions?\b|\binfect\w+|\binfarct\w*|\b(?:high|elevated|low|uncontrolled|raised) blood pressure\b|\bangina\b|\barrhythmi\w+|\bfailure\b|\binsufficienc\w+|\bhypertensi\w+|\bdiabet\w+|\bstrokes?\b|\bcerebro-?vascular\b|\bcerebral vascular\b|\bh(?:a)?emorrhag\w+|\bbleeding\b|\bseizures?\b|\bepilep\w+|\bpsychiatr\w+|\bdepressi\w+|\bdementia\b|\bHIV\b(?!-?1? RNA)|\bAIDS\b|\bhuman immunodeficiency\b|\bhepatitis\b|\bHep-?[BC]\b|\bHBV\b|\bHCV\b|\bmalignan\w+|\bcancers?\b|\btumou?rs?\b(?! necrosis)|\bneoplas\w+|\bcarcinomas?\b|\bsarcomas?\b|\blymphomas?\b|\bleuk(?:a)?emias?\b|\bmelanomas?\b|\bgliomas?\b|\bmyelomas?\b|\bneuropath\w+|\bneurotoxicity\b|\bobstruction\b|\bulcers?\b|\bulcerat\w+|\bthrombo\w+|\bemboli\w+|\bloose stools\b|\bdiarrh(?:o)?ea\b|\basthma\b|\bCOPD\b|\bcirrho\w+|\bsyndromes?\b|\bimmun(?:o|e)[- ]?(?:deficien\w+|compromis\w+|suppress\w+)|\b[a-z]{3,}(?:itis|osis|oses|iasis|a?emia|emic|pathy|pathies|penia|uria|algia|plegia|oma|omas)\b|\bglaucoma\b|\bimpair\w+|\bdysfunction\w*|\babnormal\w*|\bsuicid\w+|\bpsychos\w+|\bmental\b|\bcognitive\b|\bcroup\b|\bfibrosis\b|\bfibrillation\b|\b(?:heart|branch|AV|conduction|ventricular) block\b|\bfractures?\b|\bwounds?\b|\bpain\b|\bparkinson\w*|\balzheimer\w*|\bsclerosis\b|\bdiathesis\b|\btrauma\b|\b(?:brain|head) injur(?:y|ies)\b|\bTBI\b|\bcoma\b|\bmicrohemorrhages\b|\bedema\b|\boedema\b|\bfistulas?\b|\bperforation\b|\bneurolog\w+|\bcomorbidit\w+|\bcomplications?\b|\bincontinence\b|\bmenopaus\w+|\ballograft\b|\bterminally ill\b|\banomal(?:y|ies)\b|\bmultiple pregnancy\b|\beffusions?\b|\bdeath\b|\btransplant\w*|\bGVHD\b"
        ),
        finds=("unstable angina", "active infection", "hepatitis B", "inflammatory bowel disease"),
        ignores=("age 18 years or older", "written consent"),
        fixed={"kind": "comorbidity"},
    ),
)  # fmt: skip

# Laboratory values by their canonical names; the more special before the more general.
# Names with "=" are kinds of their own: measures of an organ's function, of the body, and scores.
ANALYTES: tuple[tuple[str, str], ...] = (
    (
        "=organ-function",
        r"(?:left ventricular )?ejection fraction\b|\bLVEF\b|\bFEV ?1\b|forced expiratory volume(?: in (?:1|one|first) s(?:econd)?)?|diffusi(?:on|ng) capacity|\bDLCO\b"
        r"|(?:(?:systolic|diastolic|arterial|office|seated|mean) )*(?:blood pressure|(?<!-)\bBP\b)|\b[SD]BP\b|\bQTc?F?\b(?: interval)?|oxygen saturation|\bSp?O2\b|\bPaO2\b|transfer factor",
    ),
    ("=other", r"body[- ]mass index|\bBMI\b|\b(?:total )?body weight\b|\bweight of\b|\bweigh(?:ing|ed)\b"),
    (
        "creatinine clearance",
        r"creatinine[- ]clearance|clearance of creatinine|\bCrCL?\b|\bCCr\b|\be?GFR\b|(?:estimated )?glomerular filtration(?: rate)?|\bClcr\b",
    ),
    ("creatinine", r"\bcreatinine\b|\bS[cC]r\b"),
    ("neutrophils", r"(?:absolute )?(?:neutrophil|granulocyte)s?(?: counts?)?\b(?: \(ANC\))?|\bANC\b"),
    ("white blood cells", r"white (?:blood )?cells?(?: counts?)?|\bWBCs?\b|leu[ck]ocytes?(?: counts?)?"),
    ("lymphocytes", r"(?:absolute )?lymphocytes?(?: counts?)?\b"),
    ("platelets", r"platelets?(?: counts?)?\b|thrombocytes?(?: counts?)?\b|\bPLT\b"),
    ("hba1c", r"\bHb ?A1c\b|glycated ha?emoglobin|glycosylated ha?emoglobin"),
    ("haemoglobin", r"\bha?emoglobin\b|\bHb\b|\bHgb\b"),
    ("bilirubin", r"(?:total )?bilirubin\b"),
    (
        "aspartate aminotransferase",
        r"aspartate (?:amino)?-?(?:trans(?:amin)?(?:fer)?ase|transaminase)\b|\bASAT\b|\bAST\b|\bSGOT\b|glutamic oxaloacetic transaminase",
    ),
    (
        "alanine aminotransferase",
        r"(?:alanine|alkaline) (?:amino)?-?(?:transferase|transaminase)\b|alanine aminotransferase|\bALAT\b|\bALT\b|\bSGPT\b|glutamic pyruvic transaminase",
    ),
    ("transaminases", r"(?:serum |liver |hepatic )?(?:amino)?-?(?:transferases|transaminases)\b|liver enzymes"),
    ("alkaline phosphatase", r"alkaline phosphatase|\bALP\b"),
    ("albumin", r"(?:serum )?albumin\b(?!/)"),
    ("lactate dehydrogenase", r"lactate dehydrogenase|\bLDH\b"),
    ("international normalised ratio", r"international normali[sz]ed ratio|\bINR\b"),
    ("prothrombin time", r"prothrombin time|\bPT\b(?=\W*[<>≤≥])"),
    ("partial thromboplastin time", r"partial thromboplastin time|\ba?PTT\b"),
    ("proteinuria", r"proteinuria|urin(?:e|ary) protein|protein excretion"),
    ("glucose", r"(?:fasting )?(?:plasma |blood |serum )?glucose\b"),
    ("ldl cholesterol", r"\bLDL(?:-C|[- ]cholesterol)?\b"),
    ("hdl cholesterol", r"\bHDL(?:-C|[- ]cholesterol)?\b"),
    ("total cholesterol", r"(?:total )?cholesterol\b"),
    ("triglycerides", r"triglycerides?\b|triacylglycerols?\b|\bTAG\b"),
    ("c-reactive protein", r"C-reactive protein|\b(?:hs-?)?CRP\b"),
    ("cd4 count", r"\bCD4\+? ?(?:T[- ]?cells?|lymphocytes?|cells?)?(?: counts?)?"),
    ("sodium", r"(?:serum )?sodium\b(?= ?[<>≤≥]| (?:level|conc))"),
    ("potassium", r"(?:serum )?potassium\b(?= ?[<>≤≥]| (?:level|conc))"),
    ("calcium", r"(?:serum |corrected )?calcium\b(?= ?[<>≤≥]| (?:level|conc))"),
    ("prostate-specific antigen", r"prostate[- ]specific antigen|\bPSA\b"),
    ("testosterone", r"testosterone\b"),
    ("follicle-stimulating hormone", r"follicle[- ]stimulating hormone|\bFSH\b"),
    ("thyroid-stimulating hormone", r"thyroid[- ]stimulating hormone|\bTSH\b"),
    ("anti-müllerian hormone", r"anti-?m(?:ü|u)llerian hormone|\bAMH\b"),
    ("urea", r"\bblood urea(?: nitrogen)?\b|\bBUN\b"),
    ("ferritin", r"ferritin\b"),
    ("amylase", r"amylase\b"),
    ("ca-125", r"\bCA[- ]?125\b"),
    ("viral load", r"viral load|\bHIV[- ]?1? RNA\b|\bHBV DNA\b|\bHCV RNA\b"),
    ("amyloid beta 1-42", r"\bA ?β ?-?1-42\b"),
)


# Parts of words of which every analyte has one; they spare the pattern most criteria.
ANALYTE_CUES = tuple(
    "creat|clear|cd4|prostate|filtration|neutro|leukoc|leucoc|granulo|white|lymphoc|platelet|thromb|moglobin|bilirubin|aspartate|oxalo|alanine|alkaline|pyruvic|transamin|transferase|liver enz|albumin|lactate|international|prothrombin|protein|glucose|cholest|triglyc|triacyl|sodium|potassium|calcium|testost|stimulating|llerian|ferritin|amylase|ca-125|ca 125|ca125|viral|ejection|forced|diffusi|pressure|saturation|transfer|mass index|weigh".split(
        "|"
    )
)
ANALYTE_SHORT = re.compile(
    r"\b(?:s?crc?l?|ccr|e?gfr|ancs?|wbcs?|plt|hb|hba1c|hgb|asa?t|ala?t|sg[op]t|alp|ldh|inr|a?ptt?|lvef|fev ?1?|dlco|[sd]?bp|qtc?f?|s?po2|sao2|pao2|ldl|hdl|tag|crp|hs-?crp|cd4|psa|fsh|tsh|amh|urea|bun|bmi|rna|dna)\b"
)
KIND = {rule.name: str(rule.fixed["kind"]) for rule in RULES}


def has_analyte(text: str) -> bool:
    """Whether a text may name a measured value, told at little cost."""
    lower = text.lower()
    return any(cue in lower for cue in ANALYTE_CUES) or bool(ANALYTE_SHORT.search(lower))


@cache
def analytes() -> tuple[Cued, dict[str, str]]:
    """One pattern for all analytes, and the name of each of its groups."""
    groups = {f"a{place}": name for place, (name, _) in enumerate(ANALYTES)}
    form = "|".join(f"(?P<a{place}>{form})" for place, (_, form) in enumerate(ANALYTES))
    return Cued(form, re.IGNORECASE), groups
