"""What a drawing must show and may not: by every field that could be left out, cut, hidden or put on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules.designs import ONLY_RELEASED, REQUIRED, WHOLE, Drawn, Fault, faults

BAND = ("", (("en", "NOT RELEASED"), ("zh-Hans", "未放行"), ("zh-Hant", "未放行")))
CAPTION = ("serial", (("en", "S/N"), ("zh-Hans", "序号"), ("zh-Hant", "序號")))
KNOWN = frozenset({BAND, CAPTION})
USUAL = {
    kind: Drawn(kind=kind, fields=REQUIRED[kind], cut=(), sometimes=[("", "watermark")], words=[BAND, CAPTION])
    for kind in REQUIRED
}


def found(drawn, known=KNOWN):
    """Reason words of what is wrong."""
    return {one.why: one.of for one in faults(drawn, known=known, band=BAND)}


@pytest.mark.parametrize("kind", USUAL)
def test_control_the_usual_is_in_order(kind):
    """What the refusals below start from has no fault."""
    assert found(USUAL[kind]) == {}


@pytest.mark.parametrize("kind", USUAL)
@given(data=st.data())
def test_whatever_is_left_out_is_named(kind, data):
    """Every part of what is required, and nothing beyond it."""
    left_out = data.draw(st.sets(st.sampled_from(sorted(REQUIRED[kind])), min_size=1))
    less = replace(USUAL[kind], fields=REQUIRED[kind] - left_out)
    assert found(less) == {"design-lacks": tuple(sorted(left_out))}


@given(st.sets(st.sampled_from(sorted(WHOLE)), min_size=1))
def test_what_identifies_is_never_cut(cut):
    """Each of them; a name may be."""
    assert found(replace(USUAL["label"], cut=cut | {"name"})) == {"design-cuts": tuple(sorted(cut))}


@pytest.mark.parametrize("field", sorted(ONLY_RELEASED))
def test_a_tag_speaks_of_no_release(field):
    """Not even by one word of it."""
    more = replace(USUAL["tag"], fields=REQUIRED["tag"] | {field})
    assert found(more) == {"design-of-release": (field,)}


@pytest.mark.parametrize("pair", [("code", "life"), ("code", "watermark"), ("", "life"), ("watermark", "life")])
def test_nothing_hides(pair):
    """Code and all else stand there always; DEMO and PROOF, with their frame, when there is a reason for them."""
    assert found(replace(USUAL["label"], sometimes=[pair])) == {"design-hides": (pair[0] or "-",)}
    assert found(replace(USUAL["label"], sometimes=[("watermark", "watermark")])) == {}


def test_no_words_of_its_own():
    """A claim is typed nowhere, and a caption stands beside no other field than its own."""
    claim = ("", (("en", "APPROVED FOR FLIGHT"),))
    moved = ("life", CAPTION[1])
    assert found(replace(USUAL["label"], words=[claim])) == {"design-words": ("APPROVED FOR FLIGHT",)}
    assert found(replace(USUAL["label"], words=[moved])) == {"design-words": ("S/N",)}


def test_a_tag_says_that_its_part_is_not_released():
    """Without the band it is no tag; a label needs none."""
    assert found(replace(USUAL["tag"], words=[])) == {"design-not-released": ("NOT RELEASED",)}
    assert found(replace(USUAL["label"], words=[])) == {}


def test_faults_come_in_the_order_of_mending():
    """What is lacking comes first."""
    both = replace(USUAL["tag"], fields=(), cut=("code",))
    assert [one.why for one in faults(both, known=KNOWN, band=BAND)] == ["design-lacks", "design-cuts"]
    assert faults(both, known=KNOWN, band=BAND)[1] == Fault("design-cuts", ("code",))
