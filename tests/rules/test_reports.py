"""A reader's report goes forward only, and ends closed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.errors import BadInput, Conflict
from remanu.rules.reports import STATES, check_step, state_of


@given(st.lists(st.sampled_from(STATES)), st.sampled_from(STATES[1:]))
def test_only_forward(done, to):
    """A step is taken exactly where it leads further than whatever was done."""
    state = state_of(done)
    if STATES.index(to) > STATES.index(state):
        check_step(state, to)
        assert state_of([*done, to]) == to
    else:
        with pytest.raises(Conflict):
            check_step(state, to)


@pytest.mark.parametrize("to", ["open", "", "CLOSED", "deleted"])
def test_what_is_no_step(to):
    """Nothing is opened again, and nothing else exists."""
    with pytest.raises(BadInput):
        check_step("open", to)
