"""Any setting is written into any file: it reads as before but for that one value, and no comment is lost."""

import re
import tomllib

from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from studytui.settings.declared import declared
from studytui.settings.outline import lines_of, outline
from studytui.settings.writing import literal, with_value, without_value

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x7f", exclude_categories=("Cc", "Cs")), max_size=8)
KEYS = st.sampled_from(
    ["theme", "new_per_day", "keys", "deck", "decks", "study.undo", "lstm", "home", "quit", "a b", "제", "", "#", '"']
)
COMMENTS = st.sampled_from(["", " # mine", "# theme = 'x'", '\t# [keys] "', "  # 언어 = \\"])


def key_texts(name):
    """The ways in which a key can be written."""
    ways = [literal(name), literal(name).replace("e", "\\u0065")]
    if re.fullmatch("[A-Za-z0-9_-]+", name):
        ways.append(name)
    if "'" not in name:
        ways.append(f"'{name}'")
    return st.sampled_from(ways)


STRINGS = WORDS.flatmap(
    lambda text: st.sampled_from(
        [
            literal(text),
            f'"""\n{literal(text)[1:-1]}# no comment\n"""',
            *([] if "'" in text else [f"'{text}'", f"'''{text}\n[keys]\n'''"]),
        ]
    )
)
PLAIN = st.sampled_from(["7", "0.85", "nan", "-inf", "true", "04:00:00", "1979-05-27 07:32:00", "0x1f"]) | STRINGS


@st.composite
def arrays(draw, values):
    """On one line, or on several with comments inside."""
    parts = draw(st.lists(values, max_size=3))
    if draw(st.booleans()):
        return f"[{', '.join(parts)}]"
    return "[ # why\n" + "".join(f"  {part}, # , ]\n" for part in parts) + "]"


@st.composite
def inline_tables(draw, values):
    names = draw(st.lists(KEYS, max_size=3, unique=True))
    return "{ " + ", ".join(f"{draw(key_texts(name))} = {draw(values)}" for name in names) + " }"


VALUES = st.recursive(PLAIN, lambda values: arrays(values) | inline_tables(values), max_leaves=5)


@st.composite
def entries(draw):
    names = draw(st.lists(KEYS, min_size=1, max_size=2))
    key = draw(st.sampled_from([".", " . "])).join(draw(key_texts(name)) for name in names)
    equals = draw(st.sampled_from([" = ", "=", "\t=   "]))
    return f"{draw(st.sampled_from(['', '  ']))}{key}{equals}{draw(VALUES)}{draw(COMMENTS)}\n"


@st.composite
def headers(draw):
    names = draw(st.lists(KEYS, min_size=1, max_size=2))
    opening, closing = draw(st.sampled_from([("[", "]"), ("[ ", " ]"), ("[[", "]]")]))
    return f"{opening}{'.'.join(draw(key_texts(name)) for name in names)}{closing}{draw(COMMENTS)}\n"


LINES = entries() | entries() | headers() | st.sampled_from(["\n", "  \n", "# a comment\n", "# theme = 'dark'\n"])


@st.composite
def texts(draw):
    """TOML that is valid, of lines that are kept as long as they are."""
    text = ""
    for line in draw(st.lists(LINES, max_size=8)):
        try:
            tomllib.loads(text + line)
        except tomllib.TOMLDecodeError:
            continue
        text += line
    text = draw(st.sampled_from([text, text.removesuffix("\n")]))
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


PLACES = st.sampled_from(
    [("theme",), ("new_per_day",), ("keys", "study.undo"), ("deck", "lstm", "theme"), ("deck", "a b", "lstm"), ("제",)]
)
WANTED = st.integers(0, 99) | st.floats(0, 1) | st.booleans() | WORDS | st.lists(WORDS, max_size=2)


def taken(text, place):
    """What a text says, without one value, and that value; tables that are empty then say nothing."""
    table = tomllib.loads(text)
    tables = [table]
    for name in place[:-1]:
        inner = tables[-1].get(name)
        if not isinstance(inner, dict):
            return repr(table), None
        tables.append(inner)
    value = tables[-1].pop(place[-1], None)
    for outer, name in reversed(list(zip(tables[:-1], place[:-1], strict=True))):
        if not outer[name]:
            del outer[name]
    return repr(table), value


def comments(text):
    """The comments of a text: what stands behind a # that is in no string."""
    strings = r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
    return re.findall(r"#[^\r\n]*", re.sub(rf"(?s)({strings})|(#[^\r\n]*)", lambda each: each[2] or "", text))


@given(texts(), PLACES, WANTED)
@example("deck.lstm = { theme = 1 }", ("deck", "lstm", "new_per_day"), 5)
@example("keys = {}", ("keys", "study.undo"), "z")
@example("theme = 1 # mine\r\n", ("theme",), "nord")
def test_a_written_value_is_read_and_nothing_else_changes(text, place, value):
    rest, before = taken(text, place)
    try:
        after = with_value(text, place, value)
    except ValueError:
        event("refused")
        return
    other, read = taken(after, place)
    assert other == rest
    assert comments(after) == comments(text)
    if after == text:
        assert before == value or (before is None and value in ("", []))
    else:
        assert read == value
        assert with_value(after, place, value) == after


@given(texts(), PLACES)
@example("keys = { a = 1, 'study.undo' = 2 }", ("keys", "study.undo"))
@example("theme = 1 # mine", ("theme",))
def test_a_value_that_is_taken_out_leaves_everything_else(text, place):
    rest, before = taken(text, place)
    try:
        after = without_value(text, place)
    except ValueError:
        event("refused")
        return
    assert taken(after, place) == (rest, None)
    assert comments(after) == comments(text)
    if before is None:
        assert after == text


@given(texts(), PLACES, WANTED)
def test_what_is_written_where_nothing_was_can_be_taken_out_again(text, place, value):
    assume(taken(text, place)[1] is None and value not in ("", []))
    try:
        after = with_value(text, place, value)
    except ValueError:
        return
    back = without_value(after, place)
    assert taken(back, place) == (taken(text, place)[0], None)
    assert comments(back) == comments(text)


@given(texts())
def test_every_value_of_a_file_is_found_where_it_stands(text):
    found = outline(text)
    for entry in found.entries:
        assert "value" in tomllib.loads(f"value = {text[entry.value : entry.end]}")
    for place, line in lines_of(text).items():
        assert 1 <= line <= text.count("\n") + 1, place
    plain = [name for name, value in tomllib.loads(text).items() if not isinstance(value, dict | list)]
    assert set(plain) <= {entry.place[0] for entry in found.entries}


@given(st.lists(st.sampled_from(["30s", "1m", "1.5h", "90m", "7s", "23h", "0.25m"]), max_size=10))
def test_steps_are_written_as_they_are_read(steps):
    kind = declared()["learning_steps"].kind
    read = kind.read(steps)
    assert kind.read(kind.plain(read)) == read


@given(st.floats(0.001, 1439.9))
def test_every_wait_can_be_written(minutes):
    kind = declared()["learning_steps"].kind
    assert kind.read(kind.plain((minutes,))) == (minutes,)
