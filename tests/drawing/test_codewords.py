from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode import constants, util
from qrcode.main import QRCode

from remanu.drawing import codewords

LEVELS = (
    constants.ERROR_CORRECT_L,
    constants.ERROR_CORRECT_M,
    constants.ERROR_CORRECT_Q,
    constants.ERROR_CORRECT_H,
)
texts = st.text(min_size=1, max_size=300)


def smallest(text, level):
    """The chunks of a text and the smallest version that holds them."""
    code = QRCode(error_correction=level)
    code.add_data(text)
    return code.best_fit(), code.data_list


@given(text=texts, level=st.sampled_from(LEVELS), spare=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_code_words_are_the_librarys(text, level, spare):
    """For any text and level, with room to spare or none."""
    version, chunks = smallest(text, level)
    version = min(40, version + spare)
    assert codewords.create(version, level, chunks) == util.create_data(version, level, chunks)


def test_every_version():
    """Blocks of every shape, woven into one another, filled to the end."""
    for level in LEVELS:
        for version in range(1, 41):
            _, chunks = smallest("8XK4", level)
            assert codewords.create(version, level, chunks) == util.create_data(version, level, chunks)


def test_control_one_wrong_check_word_is_seen(monkeypatch):
    """The comparison compares."""
    version, chunks = smallest("https://ID.EXAMPLE.TEST/8XK4M9QT2RWC7/3F9Q2K", LEVELS[2])
    right = codewords._remainder
    monkeypatch.setattr(codewords, "_remainder", lambda words, count: right(words, count)[::-1])
    assert codewords.create(version, LEVELS[2], chunks) != util.create_data(version, LEVELS[2], chunks)
