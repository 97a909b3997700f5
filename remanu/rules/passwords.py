"""What may be a login, a password or a PIN; the list of common passwords travels with the program (ASVS 6.2)."""

from __future__ import annotations

import re
import unicodedata

from remanu.errors import BadInput

MINIMUM = 8
RECOMMENDED = 15
MAXIMUM = 256
PIN_DIGITS = range(6, 13)
_HEAD = re.compile(r"\A[\W\d_]{0,6}")
_TAIL = re.compile(r"[\W\d_]{0,6}\Z")
_FEWEST_SIGNS = 4
_SHORTEST_LOGIN = 4

# Stems of the passwords that head every published list; digits and signs around them do not help.
_STEMS_TEXT = """
abc abcd abcde abcdef abcdefg abcdefgh access account admin administrator adobe aircraft alexander amanda
america american andrea andrew angel angela angels animal anthony apple april archangel arsenal asdf asdfgh
asdfghjk asdfghjkl ashley august austin autumn babygirl backup barcelona baseball basketball batman
beautiful beijing benjamin billabong blessed blink boomer boston brandon braveheart brittany broncos
business buster butterfly calvin camaro cameron canada carlos caroline carpedie celtic celtics certificate
changeit changeme charles charlie charlotte chelsea cherokee chicago chicken children chocolate christ
christian christina christine christopher chuangxin cocacola coffee company computer concrete control cookie
corvette cowboy cowboys creative crystal daniel danielle database david december default demo demon denise
diamond dolphin dolphins dragon dragonball eagles einstein elephant elizabeth emmanuel engine engineer
england enter estrella everton explorer factory family fantasy february fender ferrari fireball firebird
fishing flower football forever franklin freedom friday friend friends gabriel gateway genesis george
germany ginger golden goldfish goodluck google gordon guest hammer hannah happiness harley heather hello
helloworld hockey holiday hongkong hotmail hunter iceman iloveu iloveyou independence infinity inspector
internet jackson jaguar january jasmine jasper jennifer jeremy jessica jesus jonathan jordan joseph joshua
july june junior justice justin kawasaki kevin killer kimberly kingdom kitten knight lakers lauren legend
letmein liberty lightning lincoln liverpool login london louise lovely loveme lover machine maddog madison
maintenance manager manchester march maria marina marine mario marlboro martin master matrix matthew
maverick maxwell melissa mercedes mercury metallica michael michelle mickey midnight miller mistress
mitchell monday monkey monster morgan motorola mountain mustang myspace nascar natalie natasha nathan
newyork nicholas nicole nintendo nirvana nissan nothing november october office oliver online operator
orange packers panther paradise parker pass passord passw passwd password passwort patricia patrick peaches
peanut pepper phantom phoenix piglet please pokemon police porsche power prince princess private purple
qazwsx qazwsxedc quality qwer qwerasdf qwert qwerty qwertyu qwertyui qwertyuiop rachel racing raiders
rainbow ranger rangers raptor rebecca reman remanu remanufacture richard robert rocket root samantha samsung
sandra saturday scooter scorpion secret secure security september sergey server service shadow shanghai
shannon shelby sierra silver simple smokey snoopy snowball soccer sophie spider spiderman spring starwars
station steelers stephanie steven student summer sunday sunflower sunshine super superman superstar support
sweetheart swordfish system taylor teacher technician telephone temp tennis test tester testing thailand
thomas thunder thursday tiger tigger toyota training trustno tuesday turbine turbo united user valentina
vanessa veronica victoria viking vincent virginia warcraft warrior webmaster wednesday welcome westham
whatever william williams windows winner winston winter wizard woaini woaiwojia workshop world xavier yamaha
yankees yellow zaqwsx zhang zxcv zxcvb zxcvbn zxcvbnm
"""
_STEMS = frozenset(_STEMS_TEXT.split())
_LEET = str.maketrans("@4310$57!", "aaeiossti")
_RUNS = ("0123456789012345", "9876543210987654", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def normal_login(login: str) -> str:
    """The one form under which a login is known: compatible characters folded, no case, no outer space."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def check(password: str, *, login: str) -> None:
    """BadInput unless it has 8 to 256 characters, is not common, and is not made from the login."""
    if len(password) < MINIMUM:
        raise BadInput("password", "too-short", minimum=MINIMUM)
    if len(password) > MAXIMUM:
        raise BadInput("password", "too-long", limit=MAXIMUM)
    if is_common(password):
        raise BadInput("password", "too-common")
    known = normal_login(login)
    if len(known) >= _SHORTEST_LOGIN and known in normal_login(password):
        raise BadInput("password", "like-login")


def is_common(password: str) -> bool:
    """Whether somebody who knows the published lists would try it early."""
    folded = password.casefold()
    half = folded[: len(folded) // 2]
    if len(set(folded)) < _FEWEST_SIGNS or half * 2 == folded or any(folded in run for run in _RUNS):
        return True
    if folded.isdigit():
        return len(folded) < RECOMMENDED
    stem = _stem(folded)
    return stem in _STEMS or stem.translate(_LEET) in _STEMS


def _stem(folded: str) -> str:
    return _HEAD.sub("", _TAIL.sub("", folded))


def check_pin(pin: str) -> None:
    """BadInput unless it is 6 to 12 ASCII digits that are neither all alike nor counted up or down."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_DIGITS):
        raise BadInput("pin", "not-a-pin")
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS[:2]):
        raise BadInput("pin", "too-common")
