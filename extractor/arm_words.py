"""The words that arms of trials are named with, in the heads of tables and in running text."""

from __future__ import annotations

from extractor.cues import Cued
from ontology import regex as re

# "Arm B", "group 1" and "Group II" are names, the letters and numbers alone are none.
MARK = r"(?-i:[A-Z]|[1-9]|I{1,3}|IV|VI?)[ab]?(?![\w%.]|-\w|\s?[=<>≤≥])"
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
GROUPING = r"(?:groups?|arms?|regimens?|cohorts?)"
# What a head says besides the arm's name: sizes, units of the cells, "group", marks of footnotes.
NOISE = re.compile(
    r"\(?\s*\b[nN]\s*[=:]?\s*\d[\d,]*\s*\)?|\bN$|\((?:ms|h|mg|g|kg|ng/ml|mmol/l|geometric\b[^)]*)(?!\w)\)?|\[[^\]]*\]|\(\d+\)|\b[nN]o\.(?=\W|$)|\b[nN]o\b(?=\s*(?:$|[(%,)]))|\b[nN](?=\s?[,(]?\s?\(?%)"
    r"|\(?%\)?|\bcases?\b|\bnumber of patients\b|\bpatients\b|\bmean\b.*|\bmedian\b.*|±.*|\bSD\b|(?-i:\bSE\b)"
    rf"|\b{GROUPING}\b(?!\s{MARK})|\bp[- ]?values?\b|[†‡§¶#*]|\((?:before|after|pre|post)\b[^)]*\)|\b(?:treated with|randomi[sz]ed to|given)\b"
    r"|\(\s*[,;]?\s*\)|(?<=[a-z]{4})group\b|\b(?:or|rr)\b(?=\s*\(\s?%)",
    re.IGNORECASE,
)
# "Group 1 TE", "Arm B: placebo", "Group I (rhubarb)": two names in one head.
NUMBERED = re.compile(
    rf"^\s*(?P<mark>(?:treatment\s)?{GROUPING}\s{MARK})\s?(?:[:,-]\s?|\()?(?=[A-Za-z])(?![nN]\s?[=:]|[nN]o\b|received\b)",
    re.IGNORECASE,
)
MARKED = re.compile(rf"\b{GROUPING}\s[\"']?(?P<mark>{MARK}|[a-h](?=\W*$))", re.IGNORECASE)
MARK_ALONE = re.compile(MARK)
GROUP_TITLE = re.compile(rf"(?:(?:treatment|study|randomi[sz]ed)\s)?(?:{GROUPING}|treatments?)$", re.IGNORECASE)
# "NRT+" is a name of its own, "NRT + gum" joins two.
ENDS_IN_PLUS = re.compile(r"(?<=\w)\+(?=$|[\s,;:.)])")
# A full stop after a word; the one of "i.v." stays.
LOOSE_ENDS = re.compile(r"\(\s*\)|^\W+|[\s,;:/-]+$|(?:(?<=\w\w)|\s)\.\s*$")
GROUP_HEAD = re.compile(rf"\b(?P<word>{GROUPING})\W*$", re.IGNORECASE)
KEY_NOISE = re.compile(
    r"\(?\s*\b[nN]\s*=\s*\d[\d,]*\s*\)?|[(){}\[\],;:.\"'†‡§¶]"
    r"|\b(?:a(?=\s+[a-z])|the|an|group|groups|arm|arms|cohort|patients|treatment|therapy|treated|with|regimen|only|alone|receiving)\b",
    re.IGNORECASE,
)
JOINER = re.compile(r"\s*(?:\+|&|/|\bplus\b|\band\b|\bin combination with\b|\bcombined with\b)\s*", re.IGNORECASE)

NOT_ARMS = re.compile(
    r"^(?:all|total|overall|min-max|min|max|/.*|p|p .*|pooled|both|whole|entire|combined|n|no|%|value|values|variables?|characteristics?|parameters?"
    r"|grades?(?: .*)?|any|baseline|outcomes?|results?|events?|adverse.*|t?e?aes?|saes?|mean|median|sd|range|(?:week|day|month|year|visit|cycle|period|time|phase|stage|session)s?(?: ?\d.*)?"
    r"|difference.*|per (?:day|dose)|odds.*|hazard.*|relative.*|risk(?: .*)?|rr|or|hr|ci|95.*|effects?|change(?: .*)?|toxicity|toxicities|responses?|(?:non-?)?responders?"
    r"|number.*|frequency|category|categories|items?|(?:pre|post)(?:-?(?:treatment|test|op\w*|intervention|dose))?|before.*|after.*|univariate.*|multivariate.*"
    r"|os|pfs|dfs|yes|no|male|female|men|women|i|ii|iii|iv|v|\d+|significance|test|statistics?|factors?|unit|units|with(?:out)? .*(?:questionnaire|assessment|data|response|event).*"
    r"|study|studies|safety|intention.*|itt.*|per protocol.*|population|same|other|each|either|first|second|age|sex|.* ratio|stained cells.*"
    r"|treatment|experimental or control|percent(?:age)?|medications?|\d+[- ](?:weeks?|months?|days?|years?|minutes?|hours?|sessions?|times?|cycles?)|(?:same )?schedule|(?:times )?(?:daily|a day|per day)|[btq]id|one|two|three|four|five|six|study drug|remaining|these|this|different|several"
    r"|.*\b(?:review|assessment|response)|no .*(?:effects?|events?|data|evidence|differences?|changes?|relapse|disease|recurrence|patients?|benefit)|(?:independent |central |local |blinded )*(?:investigators?|reviewers?|radiologists?)(?:[- ]assessed)?"
    r"|(?:ir|i)?recist.*|irrc|bicr|low|high|medium|positive|negative|subgroup|age-matched|randomi[sz]ed|respective|allocated|assigned|between|.*randomi[sz]ation)$",
    re.IGNORECASE,
)
CONTROL_WORDS = Cued(
    r"\b(?:placebo|control|controls|standard(?: care| of care| treatment| therapy)?|usual care|routine care|as usual|observation|no (?:[\w-]+ )?(?:treatment|therapy|intervention|medication|drug|supplement\w*|(?:ir)?radiation|\w*radiotherapy|chemotherapy|surgery|prophylaxis|vaccin\w*|exercise|training)|investigators?'s? choice|physicians?'s? choice|wait(?:ing)?[- ]?list|normal saline"
    r"|best supportive care|best available therapy|bsc|bat|conventional|sham|untreated|comparator|reference|vehicle)\b",
    re.IGNORECASE,
)
# What patients are given besides drugs.
WITHOUT_DRUG = re.compile(
    r"\b(?:exercis\w*|training|diets?|dietary|educat\w+|counsel\w+|surg\w+|operat\w+|radio\w*|chemo\w*|device|stimulation|acupuncture|behaviou?r\w*|cognitive"
    r"|care|guid\w+|screening|monitoring|test|alone)\b|therapy$",
    re.IGNORECASE,
)
PLACEBO_CONTROLLED = re.compile(r"\bplacebo\b[^.;]{0,20}[- ]controlled\b", re.IGNORECASE)
GIVEN_PLACEBO = Cued(
    r"(?:\b(?:or|and|versus|vs\.?|to|receive|received|with|of|:)|,|\() (?:an? |the )?(?:matching |matched |identical |oral |intravenous )*(?P<name>placebo)\b(?![- ]?(?:and |or )?(?:[\w-]+-)?controlled|-corrected)",
    re.IGNORECASE,
)
DOSE_ONLY = re.compile(r"^\d[\d.,]*\s?(?:mg|g|μg|mcg|iu|ml|gy)\b[^a-z]*(?:bid|tid|qd|b\.i\.d\.|daily)?$", re.IGNORECASE)
# "Sodium mmol/l" is what was measured, "Sodium 5 mmol/l" may be given.
MEASURED = re.compile(r"^\D*[\s(](?:[mμunp]?(?:g|mol|u|eq|osm)|gm|iu|k?cal)\s?/\s?(?:d|m)?l\b", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(?:no|non|without|free)\b|less\b", re.IGNORECASE)
# "fulvestrant placebo" is none of the drug.
PLACEBO_OF = re.compile(r"[ -](?:matching )?placebo\b", re.IGNORECASE)
BARE_DOSE = re.compile(r"\d+(?:[.,]\d+)?")
DOSED = re.compile(r"\d+(?:\.\d+)?\s?(?:mg|μg|mcg|ug|g|iu|ml|gy|mg/kg|mg/m2)\b", re.IGNORECASE)
AMOUNT = r"\d[\d.,]*[\s-]?(?:mg|μg|mcg|ug|g|iu|ml|gy|units?)(?:/(?:kg|m2|day|d))?"
AMOUNT_IN = re.compile(AMOUNT, re.IGNORECASE)
DRUG_AND_DOSE = re.compile(
    rf"(?P<drug>[^\W\d][^\W\d_]{{3,}}(?: [^\W\d_]+)?)[\s,(]+(?P<dose>{AMOUNT})\)?", re.IGNORECASE
)
DOSE_AND_DRUG = re.compile(
    rf"(?P<dose>{AMOUNT})\s(?:of\s)?(?P<drug>[^\W\d][^\W\d_]{{3,}}(?: [^\W\d_]+)?)", re.IGNORECASE
)
DOSE_HYPHEN = re.compile(r"(?<=\d)-(?=(?:mg|μg|mcg|ug|g|iu|ml|gy|units?)\b)")

WORD = r"[A-Za-z0-9μ][\w.+/α-ω-]*"
PHRASE = rf"{WORD}(?:(?:\s\+\s|\s&\s|\splus\s|\sand\s|\s){WORD}){{0,4}}"
GROUP = r"(?:treatment\s)?(?:groups?|arms?|cohorts?)\b"
GROUP_SAID = Cued(rf"[ -]{GROUP}")
NAMED_GROUP = re.compile(
    rf"(?:(?:\b[Tt]he|\bin|\bto|\beither|\bvs\.?|\bversus|\bor|\band|\bof|,)\s|\(\s?)(?P<name>{PHRASE})$"
)
LETTERED_GROUP = Cued(rf"\b(?P<name>(?:[Gg]roup|[Aa]rm|[Rr]egimen|[Cc]ohort)\s[\"']?{MARK})[\"']?")
# "Group BM received ..."
PREFIXED_GROUP = Cued(
    r"\b[Gg]roup [\"']?(?P<name>(?!(?:ECOG|ITT|PP|CI|SD|SE|OR|HR|RR|AND|VS)\b)[A-Z]{2,4}\d{0,3})\b[\"']?(?!\s?[=<>≤≥])"
)
# Groups whose names are these words alone, with "group".
GENERIC = r"(?P<name>treatment|study|active|trial|test)"
GENERIC_GROUP = re.compile(rf"^\W*(?:the )?{GENERIC}\s?(?:group|arm)\b", re.IGNORECASE)
# "the treatment group", and not "the metformin treatment group"
BY_ITSELF = r"(?:^|(?<=\ba )|(?<=\bthe )|(?<=\bin )|(?<=\bto )|(?<=\bof )|(?<=\bor )|(?<=\band )|(?<=[(,:] )|(?<=\())"
GENERIC_SAID = Cued(
    rf"{BY_ITSELF}(?P<name>(?:[Tt]reatment|[Ss]tudy|[Aa]ctive|[Tt]rial|[Tt]est) (?:group|arm))\b(?! [A-Z1-9]\b)"
)
GENERIC_AT_END = re.compile(
    rf"{BY_ITSELF}(?P<name>(?:treatment|study|active|trial|test) (?:group|arm))$", re.IGNORECASE
)
# What patients go without, or are given anyway: names as a whole.
NO_TREATMENT = re.compile(
    r"^\W*(?P<name>no[- ](?:active |further |additional |study |specific )?(?:treatment|therapy|intervention|medication|supplementation|prophylaxis))(?=\W*$|\s(?:groups?|arms?|\())",
    re.IGNORECASE,
)
CONTROL_AT_END = re.compile(
    r"\b(?P<name>no (?:active |further |additional |study |specific )?(?:treatment|therapy|intervention|medication|supplementation|prophylaxis)"
    r"|treatment as usual|(?:standard|usual|routine)(?: of)? care|best supportive care|observation(?: alone)?|waiting list|wait-?list)$",
    re.IGNORECASE,
)
# Arms of one drug that differ by dose.
DOSE_LEVEL = re.compile(
    r"\b(?:low|lower|lowest|high|higher|highest|medium|middle|intermediate|standard|double|half|full|reduced)[- ]dose\b",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"\s?\((?P<what>[^()]*(?:\([^()]*\)[^()]*)*)\)")
# "half were assigned to drug a and half to drug b"
OTHER_HALF = r"and (?:the (?:other|remaining) )?half(?: to(?: receive)?| received)?"
ALTERNATIVE = re.compile(rf"(?:^\s*|\s)(?:or|versus|vs\.?|{OTHER_HALF})\s", re.IGNORECASE)
ALTERNATIVE_LIST = re.compile(r"(?:^\s*|\s)(?:or|versus|vs\.?)\s|,\s(?:(?:or|and|versus|vs\.?)\s)?", re.IGNORECASE)
LAST_OF_LIST = re.compile(r",[^,]+,\s(?:or|and)\s|,\s(?:or|versus)\s", re.IGNORECASE)
NAME_ENDS = re.compile(
    r"[(,:]|\s(?:for|in|at|as(?! usual)|after|before|on|over|every|during|within|twice|once|daily|weekly|orally|intravenously|subcutaneously|according)(?=\s|$)",
    re.IGNORECASE,
)
# "in random order, each volunteer took drug a and placebo", "ate bread and rice in random order"
GIVEN = r"(?:received|took|consumed|ingested|ate|drank|were given|underwent|inhaled) (?:both |either )?"
CROSSED_ARMS = (
    r"(?:(?!,? (?:separated|interspersed|with (?:an? |at )|on|over|during)\b)[^.;()]|\.(?=\d)|\([^()]{0,80}\))"
)
CROSSED = Cued(
    rf"\b[Ii]n (?:a )?random(?:i[sz]ed)? order,[^.;()]{{0,60}}? {GIVEN}(?P<arms>{CROSSED_ARMS}{{5,200}})"
    rf"|\b{GIVEN}(?P<arms2>{CROSSED_ARMS}{{5,160}}?),? (?:each )?in (?:a )?random(?:i[sz]ed)? order\b"
)
# "10 mg or 25 mg of drug a"
AMOUNT_ALONE = re.compile(r"\s*(?:either )?(?P<amount>\d[\d.,]*(?:\s|-)?(?:mg|g|μg|mcg|IU|ml)(?:/\w+)*)\s*")
AMOUNT_FIRST = re.compile(r"\s*(?P<amount>\d[\d.,]*(?:\s|-)?(?:mg|g|μg|mcg|IU|ml)(?:/\w+)*)\s(?:of )?[a-zA-Z]")
# "FOLFOX7-FOLFIRI": one regimen after the other
JOINED_REGIMENS = re.compile(r"(?<!\w)(?P<one>m?[A-Z]{3,}\d{0,2})-(?=m?[A-Z]{3,}\d{0,2}(?!\w))")
# "into two arms: drug a (...) and drug b (...)"
GROUPS_LEAD = re.compile(
    r"(?:one of )?(?:the )?(?:following )?(?P<groups>two|three|four|[2-4]) [^:(]{0,40}?(?:groups|arms|regimens|treatments)\s?(?:\([^)]*\)\s?)?[:,]\s",
    re.IGNORECASE,
)
ALTERNATIVE_AND = re.compile(
    r"(?:^\s*|\s)(?:or|versus|vs\.?)\s|,\s(?:(?:or|and|versus|vs\.?)\s)?|\sand\s", re.IGNORECASE
)
PEOPLE = (
    r"(?:patients|pts|subjects|participants|women|men|children|infants|volunteers|individuals|cases|persons|people)"
)
N_OF = Cued(
    rf"(?:\(|:|,)\s*(?:total )?[nN]\s*=\s*(?P<size>\d[\d,]*)\b(?!\s?%)|(?:\(|(?<=group[,;]\s)|(?<=arm[,;]\s))(?P<counted>\d[\d,]*) {PEOPLE}\b(?=\s?[),;:])"
)
# "82 received progesterone", "135 patients were allocated to the infliximab group", "randomised: 41 to A and 46 to B".
_COUNTED = (
    rf"(?P<size>\d[\d,]*)(?: {PEOPLE})?(?: \(\d[\d.]*\s?%\))?(?: of (?:whom|which|them))?(?: who)?(?: (?:were|was))?"
    r"(?: randomly)?(?: (?:randomi[sz]ed|assigned|allocated|enrolled))?"
    rf" (?:to|in|into|received|to receive|receiving)(?: receive)?(?: the)? (?=(?P<name>{WORD}(?:(?:\s\+\s|\s){WORD}){{0,5}}))"
)
COUNTED = Cued(rf"(?<![\w.,(=/:-]){_COUNTED}")
# "452 patients (228 in the one group and 224 in the other)": parts that make the number of all.
PART = Cued(rf"(?<![\w.,=/-]){_COUNTED}")
ALL_PATIENTS = re.compile(
    r"\b(?:intent(?:ion)?[- ]to[- ]treat|ITT|full analysis) (?:analysis )?(?:population|set|cohort)\b", re.IGNORECASE
)
OF_SOME = re.compile(
    r"(?:In|Among|For|Within|Of) (?:the )?(?:[\w-]+ ){0,4}?(?:group|subgroup|stratum|cohort|with|aged)\b"
)
WHOLE = re.compile(rf"(?<![\w.,(=/-])(?P<whole>\d[\d,]*) (?:[a-z-]+ ){{0,3}}?{PEOPLE}\b", re.IGNORECASE)
# "(drug a, 228; placebo, 224)"
LISTED_SIZES = re.compile(rf"(?<=[(\s])(?P<name>{WORD}(?:\s{WORD}){{0,3}}), (?P<size>\d[\d,]*)(?=[;)])")
# "three groups (n = 30 each)", "two groups of 20 patients"
EACH_SIZE = Cued(
    rf"\b(?P<groups>two|three|four|five|six|[2-6]) (?:\w+ )?(?:groups|arms)\b(?:(?:[^.;]|\.(?=\d)){{0,200}}?\bn ?= ?(?P<size>\d+) ?(?:in |per )?(?:each|group)|[^.;]{{0,40}}?\b(?:of|with) (?P<each>\d+) (?:{PEOPLE}(?: each| in each)?|each|per group))",
    re.IGNORECASE,
)
# "A and B alone (n = 50) or with C"
ADDED_TO = re.compile(
    r"\balone\b[^.;]{0,40}\b(?:or|and)\s(?:in combination |together |combined )?(?:with|plus)\s$", re.IGNORECASE
)
SHARED_OUT = Cued(r"\b(?:randomi[sz]ed|randomly|allocated|assigned|divided|enrol\w+)\b", re.IGNORECASE)
ALLOTTED = re.compile(r"\b(?:randomi[sz]ed|randomly|allocated|assigned)\b[^.;]*\s(?:to|into|between)\s", re.IGNORECASE)
SIZED = re.compile(rf"(?P<name>{WORD}(?:(?:\s\+\s|\s&\s|\splus\s|\sand\s|\s){WORD}){{0,6}})$")
GROUP_BEFORE = re.compile(rf"[ -]{GROUP}[\s,:;]{{0,2}}$")
# "arm B (the same plus drug c)", "arm B received drug c in addition"
ADDS = re.compile(
    r"\b(?:the same (?:\w+ ){0,3}(?:plus|and|with|as)|in addition\b(?! to)|additionally)\b", re.IGNORECASE
)
GROUP_AT_END = re.compile(rf"(?:[ -]{GROUP})?[\s,:;]{{0,2}}$")
# "the low-fat diet group", "intensive treatment": what is no part of the name.
CALLED_AT_END = re.compile(
    rf"(?:(?<!\bno)\streatments?)?(?:[ -]{GROUP})?\s*$|(?<!\bno)\streatments?\s*$", re.IGNORECASE
)
GROUP_SAID_IN = re.compile(rf"\b{GROUPING}\b", re.IGNORECASE)
MAX_WORDS = 6
ALIAS = re.compile(r"\s?\((?P<mark>[A-Z][A-Za-z]{0,5}(?:\s?[+/-]\s?[A-Z]{1,5})?)\)")
SIZED_REACH = 90
CALLED_REACH = 6
EXPLAINED_REACH = 160
RANDOMISED = Cued(
    r"(?:\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|allocated|assigned)\b[^.;]{0,60}?"
    r"\b(?:to receive|to|into|receiving)\s(?:either\s)?|\breceived either\s)(?P<arms>(?:[^.;()]|\.(?=\d)|\([^()]{0,300}(?:\([^()]*\)[^()]{0,300})*\)){5,600})"
)

EXPLAINED = re.compile(
    r"^(?: patients)?(?:\s?\(\s?n\s?=\s?\d+\s?\))?(?:\s?(?P<mark>[(:,])\s?(?:n\s?=\s?\d+\s?[,;:(]\s?)?|\s(?:receives?d?|were given|was given|(?:was|were) treated with|consisted of|included|contained|underwent|took|got)\s)"
    r"(?P<what>(?:[^;.()]|\([^()]*\)|\.(?=\d)){4,180})",
    re.IGNORECASE,
)

# "drug a was given to the trial group"
GIVEN_TO = Cued(r"(?P<what>[^.;]{3,120})\s(?:was|were|is) (?:given|administered) to (?:patients in )?(?:the )?$")

# "the control group (drug a alone) received drugs b and c"
RECEIVED = re.compile(
    r"^(?: patients)?(?:\s?\([^()]{1,60}\))?\s(?:received|were given|was given|(?:was|were) treated with)\s(?P<what>(?:[^;.()]|\([^()]*\)|\.(?=\d)){4,180})",
    re.IGNORECASE,
)

CLAUSES = re.compile(r"[;)]|,\s|\bor\b|\beither\b|\bversus\b|\bvs\b")
OTHER_GROUP = re.compile(
    rf"\b(?:while|whereas|versus|vs)\b|[,;]\s(?:and\s)?(?:(?:in|the|those|patients|participants|subjects|of)\s){{0,3}}{GROUPING}\s{MARK}|[,;]\s(?:and\s)?[Gg]roup\s[A-Z]{{2,4}}\b|\b(?:and|or) (?:(?:the|in|those|patients|participants|subjects|of) ){{0,3}}(?:[\w-]+ )?{GROUPING}\b|\bcompared\b",
    re.IGNORECASE,
)

# "342 patients to receive drug a (...) or drug b": the number is of both.
OF_BOTH = re.compile(r"(?:\s?\((?:[^()]|\([^()]*\))*\))?,?\s(?:or|versus|vs\.?)\s", re.IGNORECASE)
# "group a and group b received drug c or drug d" does not say who received which.
OF_TWO = re.compile(r"\b(?:and|or)\s(?:the\s|in\s)*$", re.IGNORECASE)
# A name ends where one of these begins; one that is made of them only is no name.
STOP = frozenset(
    "the a an in to of for compare with without from by at on was were is are be been had has have received receive receiving than "
    "that which who whom whose while when where after before between among versus vs or but as it its their this these "
    "those both each all no not there per during within into over under did does do could would may compared patients "
    "participants subjects women men either randomly randomized randomised assigned allocated study same other treatment "
    "respectively group groups arm arms including consisting comprising showed following also only significantly more less "
    "we one two three four five six baseline most additional added treated using given plus-minus matching daily undergo across overall total entire".split()
)
