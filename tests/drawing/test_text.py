import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.drawing.display import Box
from remanu.drawing.faces import ASCENT, DESCENT, millimetres, width
from remanu.drawing.text import LEADING, Style, fit, one_line, sizes
from remanu.errors import CannotDraw

words = (
    st.text(st.sampled_from("ABW il-,。（）再制造轴承 "), min_size=1, max_size=60).map(str.strip).filter(bool)
)
boxes = st.builds(Box, st.just(0.0), st.just(0.0), st.floats(3, 60), st.floats(1, 14))
styles = st.builds(
    Style,
    st.sampled_from(["en", "zh-Hans"]),
    st.floats(6, 14),
    st.just(5.0),
    lines=st.integers(1, 3),
    cut=st.booleans(),
)


def tried(text, box, style):
    """The fitted text, or the reason why there is none."""
    try:
        return fit(text, box, style)
    except CannotDraw as refused:
        return refused.details["why"]


@given(words, boxes, styles)
def test_what_is_set_fits_and_what_may_not_be_cut_is_whole(text, box, style):
    """Lines are never wider or more than the box holds; uncut text keeps every character; else it is refused."""
    fitted = tried(text, box, style)
    if isinstance(fitted, str):
        assert fitted == "text-too-long"
        return
    em = millimetres(fitted.size)
    block = (len(fitted.lines) - 1) * LEADING + ASCENT + DESCENT
    assert style.min_size <= fitted.size <= style.size
    assert len(fitted.lines) <= style.lines
    assert block * em <= box.h + 0.001
    assert all(line == "…" or width(line, style.locale) * em <= box.w + 0.001 for line in fitted.lines)
    if not style.cut:
        assert "".join(fitted.lines).replace(" ", "") == text.replace(" ", "")


def test_identity_is_refused_rather_than_cut():
    """A serial number that does not fit stops the label; a name ends in an ellipsis."""
    box = Box(0, 0, 12, 3)
    with pytest.raises(CannotDraw):
        fit("SN 20417-0093-000000017", box, Style("en", 8, 5))
    cut = fit("High-pressure turbine rotor", box, Style("en", 8, 5, cut=True))
    assert cut.size == 5
    assert cut.lines[0].startswith("High")
    assert cut.lines[0].endswith("…")


def test_lines_are_even():
    """No character is left alone on the last line."""
    lines = fit("高压涡轮转子组件第一级", Box(0, 0, 31, 8), Style("zh-Hans", 9, 9, lines=2)).lines
    assert min(map(len, lines)) >= 5


def test_closing_marks_do_not_begin_a_line():
    """A line may end with a full stop, never begin with one."""
    lines = fit("禁止装机。扫码查看。", Box(0, 0, 13, 12), Style("zh-Hans", 9, 9, lines=3)).lines
    assert not any(line[0] in "。，）" for line in lines)


def test_sizes_go_down_in_quarters_and_end_at_the_smallest():
    """The smallest size is always tried, even off the steps."""
    assert list(sizes(6, 5.4)) == [6, 5.75, 5.5, 5.4]
    assert list(sizes(5, 5)) == [5]


def test_an_ellipsis_is_all_that_a_sliver_holds():
    """Where not even one character fits, the ellipsis says that something is missing."""
    assert one_line("再制造", 0.1, Style("zh-Hans", 5, 5)) == "…"
