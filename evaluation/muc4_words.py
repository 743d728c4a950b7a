"""English words by which a reading is told apart in the terms of MUC-4: things from people, types from cues."""

from __future__ import annotations

import re

THINGS = frozenset(
    """
    agency airport ambulance antenna aqueduct automobile bakery bank bar barracks base boat booth box branch bridge
    building bus cafe camp car cathedral center centre chapel church clinic club company complex consulate convoy
    courthouse dam dealership depot disco establishment embassy exchange facility factory farm fence field firm garage
    gate guardhouse hall headquarters helicopter highway home hospital hotel house infrastructure installation
    institute jail jeep kindergarten library line market mast mill mine ministry minibus minivan mission monastery
    monument mosque motorcade motorcycle network newspaper office outpost palace parish pharmacy pipeline plane plant
    pole port post power powerline precinct premises prison property pump pylon radio railroad railway ranch refinery
    residence restaurant road sawmill school seat seminary ship shop shrine site stand station store structure
    studio subway substation supermarket synagogue system table tank tanker taxi temple terminal theater theatre tower
    town track train transformer transmitter truck tunnel university van vehicle vessel village villa warehouse
    window workshop
    """.split()
)
PEOPLE = frozenset(
    """
    adviser advisor agent ambassador archbishop aide bishop boy bystander candidate captain catholic cattleman child
    children christian citizen civilian cleric colonel commander commissioner congressman consul councilman customer
    delegate deputy diplomat director doctor driver employee engineer family farmer father foreigner general girl
    governor guard imam individual inhabitant inspector journalist judge labourer laborer lawmaker lawyer leader
    lecturer lieutenant magistrate major man manager mayor mayoress medic member men merchant minister missionary monk
    mourner nun nurse officer official owner parent passenger pastor patient peasant people pedestrian person pilgrim
    policeman policemen politician preacher president priest prisoner prosecutor psychologist pupil rabbi reporter
    representative resident rider secretary senator settler shopkeeper soldier staff student teacher tourist trader
    trooper troops unionist vaccinator vendor villager visitor volunteer waiter woman women worker worshipper youth
    """.split()
)
PREPOSITIONS = frozenset(
    "of in at on from for near with belonging outside inside between along to by where that".split()
)
NUMBERS = frozenset(
    """
    a an the one two three four five six seven eight nine ten eleven twelve several some about nearly almost another
    both dozens hundreds many
    """.split()
)
_PERSON_ENDINGS = ("man", "men", "woman", "women", "ist", "ists", "grapher", "graphers", "ians", "ian")
_ACTS = frozenset(
    "attack attacks blast blasts explosion explosions assault assaults bombing bombings fire raid".split()
)
_LINKS = frozenset("was were been had has have that which and men man".split())
_VERBS = frozenset(
    """
    shot shooting fired firing blew blown opened gunned stabbed stabbing hacked burned burnt burning bombed bombing
    exploded detonated set torched strangled beheaded shelled strafed machinegunned machine-gunned knifed rammed
    attacked blasted mined booby-trapped dynamited
    """.split()
)
ROBBERY = re.compile(r"\b(?:robb(?:ed|ery|eries|ers?|ing)|stole|looted|looting|hold-?up)\b", re.IGNORECASE)
STOPPAGE = re.compile(r"\b(?:armed strike|(?:work|transport(?:ation)?|traffic) (?:stoppage|strike))\b", re.IGNORECASE)


_PLURALS = (("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("buses", "bus"), ("ies", "y"), ("s", ""))


def singular(word: str) -> str:
    """The word without a plural ending; good enough to look it up in the lists above."""
    if not word.endswith(("ss", "us")):
        for ending, instead in _PLURALS:
            if word.endswith(ending):
                return word.removesuffix(ending) + instead
    return word


def heads(phrase: str) -> tuple[str, str]:
    """The head of a noun phrase as it stands and in the singular: its last word before a preposition."""
    words = re.findall(r"[\w'-]+", phrase.lower())
    cut = next((i for i, word in enumerate(words) if i and word in PREPOSITIONS), len(words))
    head = words[cut - 1] if words else ""
    return head, singular(head)


def is_listed(phrase: str, words: frozenset[str]) -> bool:
    """Whether the head of the phrase, or its singular, is among the words."""
    return any(head in words for head in heads(phrase))


def is_person(phrase: str) -> bool:
    """Whether the phrase is one for people, by its head or the ending of it."""
    return is_listed(phrase, PEOPLE) or heads(phrase)[0].endswith(_PERSON_ENDINGS)


def weapon_words(phrase: str) -> str:
    """The weapon in "bomb attack" or "bomb exploded" ("bomb"); nothing for an act ("were shot", "blew up")."""
    words = phrase.split()
    words = words[: next((i for i, word in enumerate(words) if word in _VERBS), len(words))]
    while words and words[-1] in _ACTS | _LINKS:
        words.pop()
    return " ".join(words)
