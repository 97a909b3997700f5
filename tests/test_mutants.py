"""The gate of the rules itself: a rule whose test asserts nothing is found out, and one that is tested is not."""

from __future__ import annotations

import pytest

from tools import mutants

_RULE = '''
def wear(first, last):
    """What was lost, and a grain for the doubt."""
    return first - last + 1
'''
_IDLE = """
from remanu.rules.planted import wear


def test_wear():
    wear(3, 2)
"""
_TRUE = """
from remanu.rules.planted import wear


def test_wear():
    assert wear(7, 2) == 6
"""


@pytest.fixture
def planted(tmp_path):
    """A tree with one small rule and one test of it; returns what `mutants` finds there."""

    def run(test: str):
        tree = tmp_path / "tree"
        for name, text in (("remanu/rules/planted.py", _RULE), ("tests/test_planted.py", test)):
            path = tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            for folder in list(path.relative_to(tree).parents)[:-1]:
                (tree / folder / "__init__.py").touch()
        mutants.settle(tree, tests=["tests/test_planted.py"], modules=["planted"])
        mutants.run(tree)
        return mutants.results(tree)

    return run


@pytest.mark.drill
@pytest.mark.parametrize(("test", "refused"), [(_IDLE, 1), (_TRUE, 0)])
def test_an_idle_test_is_found_out(planted, test, refused):
    """Control: what no test notices counts, and what one notices does not."""
    found = planted(test)
    assert mutants.told(found) == refused
    assert len(found["planted"]) > 2


def test_the_score_counts_what_nothing_noticed():
    """A mutant that passed, one that no test met and one that was never tried stand against the rule."""
    assert mutants.score({"a": 1, "b": 0, "c": 33, "d": None}) == 25
    assert mutants.told({"rule": {"a": 1, "b": 0}}) == 1
    assert mutants.told({"rule": {"a": 1}}) == 0
    assert mutants.told({}) == 1, "nothing tried is no success"
