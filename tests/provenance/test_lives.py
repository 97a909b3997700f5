"""What everybody may read of limited lives: the figures that were signed, with their marks; I10."""

from __future__ import annotations

from remanu.provenance.queries.certificates import Shelf

LIFE = {
    "position": "fan-disk",
    "part_number": "335-014-509-0",
    "state": "ACTIVE",
    "policy": "fraction-sum",
    "mark": "M",
    "share": "41.0",
    "left": [
        {
            "counter": "cycles",
            "rating": "C",
            "unit": "{cycle}",
            "limit": "20100",
            "used": "5000",
            "remaining": 11871,
            "tag": "V",
        }
    ],
}


def told(**record):
    """The certificate of a record, as the story tells it."""
    shelf, issue = Shelf(), {"certificate": "c", "record": {"number": "RC-1", **record}}
    shelf.hear("release.release", {"id": "e", "at": {"utc": "2026-01-25T06:48:00Z"}}, {"issue": issue})
    return shelf.newest_first()[0]


def test_the_figures_are_those_that_were_signed():
    """Remaining cycles at a rating, the method and how far each is known."""
    (one,) = told(lives=[LIFE]).lives
    assert (one.position, one.state, one.mark, one.share) == ("fan-disk", "ACTIVE", "M", "41.0")
    assert [(each.rating, each.remaining, each.tag) for each in one.left] == [("C", 11871, "V")]


def test_an_older_certificate_says_nothing_of_lives():
    """Its record had no such field; nothing is made up."""
    assert told().lives == ()


def test_a_record_that_nobody_of_us_wrote_breaks_nothing():
    """Whatever stands in the place is read as far as it is of the kind expected."""
    assert told(lives="all of them").lives == ()
    (one,) = told(lives=[{"left": [{"remaining": "many"}]}]).lives
    assert (one.position, one.left[0].remaining) == ("", 0)
