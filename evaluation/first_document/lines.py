"""What must come out: a line for each fact of the list, with the offsets of the words that it rests on.

`start` and `end` are characters of the first document. A line is right when the command that answers it gives what is
wanted on words that overlap these.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Act:
    """An incident as a person would look for it: its days, and the country where the text gives one."""

    key: str
    first: str
    last: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: its id, what kind of thing it is, the act that it is about, and what must be found there."""

    id: str
    start: int
    end: int
    act: str = ""
    wanted: tuple[tuple[str, str], ...] = field(default=())


def _day(key: str, day: str, country: str | None) -> Act:
    return Act(key, day, day, country)


ACTS = {
    act.key: act
    for act in (
        Act("I01", "2015-01-01", "2015-01-31"),
        _day("I02", "2015-11-13", "FR"),
        _day("I03", "2016-03-22", "BE"),
        _day("I04", "2014-05-24", "BE"),
        Act("I05", "2014-02-01", "2014-02-28", "FR"),
        _day("I06", "2020-04-27", "FR"),
        _day("I07", "2020-02-03", "FR"),
        _day("I08", "2019-05-24", "FR"),
        _day("I09", "2018-12-11", "FR"),
        _day("I11", "2018-05-29", "BE"),
        Act("I12", "2019-03-01", "2023-09-30", "LK"),
        Act("I18", "2022-10-01", "2022-10-31", "IR"),
        Act("I19", "2022-11-01", "2022-11-30", "TR"),
        _day("I20", "2023-10-13", "FR"),
        _day("I21", "2023-10-16", "BE"),
        Act("I23", "2017-10-01", "2017-10-31", "US"),
        _day("I24", "2020-10-16", "FR"),
        _day("I25", "2023-10-07", "IL"),
    )
}

IS = "Islamic State"
CLAIMS = (
    Line("C01", 8898, 9021, "I21", (("step", "claimed"), ("date", "2023-10-17"), ("outlets", "Amaq"), ("actors", IS))),
    Line("C02", 9023, 9183, "I21", (("step", "repeated"), ("date", "2023-10-19"), ("outlets", "Al-Naba"))),
    Line("C03", 8172, 8232, "I20", (("step", "not_claimed"),)),
    Line("C04 Colombes", 2975, 3015, "I06", (("step", "not_claimed"),)),
    Line("C04 near Metz", 2975, 3015, "I07", (("step", "not_claimed"),)),
    Line("C04 Lyon", 2975, 3015, "I08", (("step", "not_claimed"),)),
    Line("C05", 7824, 7952, "I23", (("step", "claimed"), ("actors", IS))),
    Line("C06", 3017, 3071, "I09", (("step", "claimed"), ("actors", IS))),
    Line("C07", 8787, 8896, "I21", (("step", "pledged"),)),
    Line("C08", 10518, 10713, "I21", (("step", "message"), ("voice", "per claimant"))),
    Line("C09", 6071, 6139, "I20", (("step", "confessed"), ("actors", IS))),
    Line("C10", 6144, 6237, "I20", (("step", "pledged"),)),
    Line("C11", 2929, 2973, "I08", (("step", "pledged"), ("actors", IS))),
)
VIEWS = (
    Line("A01", 1324, 1354, "I01", (("actor", IS), ("stance", "suspected doubted"))),
    Line("A02", 1620, 1757, "I02", (("actor", IS), ("stance", "asserted"), ("involvement", "directed"))),
    Line("A03", 1854, 1899, "I03", (("actor", "Paris network"), ("stance", "asserted"))),
    Line("A04", 2101, 2156, "I04", (("actor", IS), ("stance", "asserted"))),
    Line("A05", 2425, 2460, "I05", (("actor", IS),)),
    Line("A06 Colombes", 2659, 2692, "I06", (("actor", "loyal"),)),
    Line("A06 near Metz", 2659, 2692, "I07", (("actor", "loyal"),)),
    Line("A07", 2929, 2973, "I08"),
    Line("A08 Strasbourg", 3017, 3071, "I09", (("actor", IS), ("stance", "asserted"))),
    Line("A08 Belgium", 3232, 3268, "I11", (("actor", IS), ("stance", "asserted"))),
    Line("A09 Sri Lanka", 3800, 3833, "I12", (("actor", IS), ("stance", "asserted"))),
    Line("A09 Iran", 3800, 3833, "I18", (("actor", IS), ("stance", "asserted"))),
    Line("A10", 6071, 6139, "I20", (("actor", IS), ("supporting", "confessed"), ("opposing", "has not claimed"))),
    Line("A11a", 3965, 4003, "I19", (("actor", IS), ("stance", "suspected"))),
    Line("A11b", 4046, 4156, "I19", (("actor", "Kurdistan Workers"), ("holder", "Turkish government"))),
    Line("A12", 13385, 13419, "I21", (("actor", IS), ("stance", "asserted"), ("involvement", "guided"))),
    Line("A13", 7878, 7952, "I23", (("actor", IS), ("stance", "claimed_only doubted"), ("opposing", "no conclusive"))),
    Line("A14", 14109, 14157, "I24", (("actor", ""),)),
    Line("A15 Iran", 14457, 14487, "I25", (("actor", "Iran"),)),
    Line("A15 HAMAS", 15131, 15154, "I25", (("actor", "HAMAS"),)),
)
CONTACTS = (
    Line("K01", 4984, 5060, "I20", (("type", "report"),)),
    Line("K02", 5066, 5186, "I20", (("type", "surveillance"), ("date", "2023-06-01 .. 2023-09-30"))),
    Line("K03", 5196, 5378, "I20", (("type", "questioning"), ("date", "2023-10-12"))),
    Line("K04", 5380, 5616, "I20"),
    Line("K05", 5805, 5857, "I20", (("type", "decision"), ("date", "2018"))),
    Line("K06", 5733, 5803, "I20", (("type", "detention"),)),
    Line("K07", 5863, 6069, "I20", (("type", "detention"),)),
    Line("K08", 12048, 12304, "I21", (("type", "warning"), ("date", "2016-07"))),
    Line("K09", 12306, 12464, "I21", (("type", "decision"),)),
    Line("K10", 12479, 12696, "I21", (("type", "decision"), ("date", "2020"))),
    Line("K11", 12721, 12781, "I21", (("type", "lapse"),)),
    Line("K12", 12787, 12904, "I21"),
    Line("K13", 13063, 13228, "I21", (("type", "request"), ("date", "2022"))),
    Line("K14", 13230, 13286, "I21"),
    Line("K15", 13491, 13534, "I21"),
    Line("K16", 2343, 2424, "I05", (("type", "detention"),)),
    Line("K17", 3370, 3412, "I11", (("type", "release"),)),
)
RESPONSES = (
    Line("P01", 13322, 13383, "I21", (("by", "Justice Minister"),)),
    Line("P02", 13610, 13725, "I20", (("by", "Macron"),)),
    Line("P03", 13727, 13894, "I20"),
    Line("P04", 10771, 10973, "I21", (("by", "Belgium"),)),
    Line("P05", 11593, 11735, "I21", (("by", "Sweden"),)),
    Line("P07", 14533, 14604, "I25", (("by", "Israel"),)),
    Line("P08", 15492, 15654, "I25", (("by", "IS"),)),
)
CONNECTIONS = (
    Line("Paris network", 1854, 1899, "I03", (("type", "network"),)),
    Line("brother and cousin", 5993, 6069, "I20", (("type", "accomplice"),)),
    Line("two accomplices", 13491, 13534, "I21", (("type", "accomplice"),)),
    Line("elder brother", 5746, 5803, "I20", (("type", "family"),)),
    Line("father", 5805, 5857, "I20", (("type", "family"),)),
)
TERMS = (
    Line("lone wolves in public talk", 7214, 7311, wanted=(("term", "lone wolf"), ("use", "reported"))),
    Line("lone wolves rejected", 7214, 7311, wanted=(("term", "lone wolf"), ("use", "rejected"))),
    Line("lone wolves in Al-Naba", 9701, 9788, wanted=(("term", "lone wolf"), ("use", "used"))),
    Line("earlier Al-Naba", 10220, 10334, wanted=(("term", "lone wolf"),)),
    Line("not a lone wolf", 13385, 13442, wanted=(("term", "lone wolf"), ("use", "rejected"))),
    Line("soldiers of the caliphate", 9913, 10068, wanted=(("term", "soldier of the caliphate"),)),
    Line("claim anything (C14)", 7387, 7508, wanted=(("term", "claim anything"), ("use", "rejected reported"))),
    Line("al-Muhajir", 9241, 9327, wanted=(("term", "al-muhajir"), ("use", "defined"))),
    Line("guided", 6290, 6413, wanted=(("term", "guided attack"), ("use", "defined"))),
)
REMARKS = (
    Line("C12", 6565, 6834, wanted=(("type", "pattern"),)),
    Line("C13", 8371, 8522, wanted=(("type", "pattern"),)),
    Line("N1", 8234, 8339, wanted=(("type", "explanation"),)),
    Line("N2", 8341, 8456, wanted=(("type", "explanation"),)),
    Line("F1", 15785, 15823, wanted=(("type", "outlook"),)),
    Line("F2", 15825, 15984, wanted=(("type", "explanation"),)),
    Line("F3", 15986, 16045, wanted=(("type", "explanation"),)),
    Line("P06", 11801, 11933, wanted=(("type", "policy"),)),
    Line("P09", 249, 386, wanted=(("type", "call"),)),
)
COUNTS = (
    Line("Q01", 687, 713, wanted=(("answer", "cannot be verified"),)),
    Line("Q02", 718, 743, wanted=(("answer", "cannot be verified"),)),
    Line("Q04", 3800, 3860, wanted=(("answer", "consistent"),)),
    Line("Q05", 3189, 3230, wanted=(("answer", "cannot be verified"),)),
    Line("Q06", 3017, 3107, wanted=(("answer", "consistent"),)),
    Line("Q07", 3232, 3285, wanted=(("answer", "consistent"),)),
    Line("Q08", 2643, 2715),
    Line("Q09", 1212, 1298),
    Line("Q10", 2089, 2156, wanted=(("answer", "consistent"),)),
    Line("Q11", 13975, 14072),
)
# Figures that are no count of people hurt, and must stand in no toll.
NO_TOLLS = (Line("Q14", 8826, 8848), Line("Q15", 13649, 13671))
