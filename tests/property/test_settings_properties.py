"""Writing one setting leaves the rest of the file as it was, byte for byte."""

import tomllib

from hypothesis import assume, example, given
from hypothesis import strategies as st

from studytui.settings.writing import with_value


def with_language(text, code):
    return with_value(text, ("language",), code)


CODES = st.sampled_from(["", "ko", "en", "pt-BR", "zh-Hant"])
#: Lines that a settings file may hold, and some that only look as if they set the language.
OTHERS = st.sampled_from(
    [
        "",
        "   ",
        "# language = 'xx'",
        "# 내 설정, a comment",
        "new_per_day = 7",
        'day_start   =  "05:00"   # early',
        "desired_retention = nan",
        'decks = [\n  "~/decks", # here\n  "language = \'xx\'",\n]',
        "nested = [\n  [1],\n  [2],\n]",
        'note = """\nlanguage = "xx"\n[keys]\n"""',
        "raw = '''\n# language\nlanguage = 3\n'''",
        'point = { language = "xx" }',
    ]
)
LANGUAGES = st.sampled_from(
    [
        'language = "de"',
        "language='de'# why",
        '  "language"\t= "d\\"e"   # a comment # with another',
        "'language' = '''de'''",
        'language = """de"""',
        "language = 3",
        "language = [1, 2]",
    ]
)
TABLES = st.sampled_from(
    [
        "",
        "[keys]\n\"study.undo\" = 'z'\n",
        '\n# mine\n[ keys ]\n"study.language" = "t"\nlanguage = "xx"\n',
        '[[more]]\nlanguage = "xx"\n\n[[more]]',
    ]
)


@st.composite
def files(draw):
    """A settings file with or without a language: what stands before its line, the line, the line's end, the rest."""
    lines = draw(st.lists(OTHERS, max_size=6, unique_by=lambda line: line.partition("=")[0]))
    place = draw(st.integers(0, len(lines)))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    before = "".join(line + "\n" for line in lines[:place]).replace("\n", end)
    behind = "".join([*(line + "\n" for line in lines[place:]), draw(TABLES)]).replace("\n", end)
    return before, draw(st.just("") | LANGUAGES), end, behind


def whole(file):
    before, line, end, behind = file
    return before + (line + end if line else "") + behind


@given(files(), CODES)
@example(("", "", "\n", ""), "ko")
@example(("# only a comment", "", "\n", ""), "ko")
def test_the_language_is_changed_and_every_other_byte_is_kept(file, code):
    before, line, end, behind = file
    text = whole(file)
    after = with_language(text, code)
    assert tomllib.loads(after).get("language", "") == code
    if tomllib.loads(text).get("language", "") == code:
        assert after == text
    elif line:
        assert after.startswith(before)
        assert after.endswith(end + behind)
        changed = after[len(before) : len(after) - len(end + behind)]
        key, _, rest = line.partition("=")
        assert changed.startswith(key + "=")
        assert changed.endswith(rest[rest.index("#") :] if "#" in rest else f'"{code}"')
        assert "\n" not in changed
    else:
        line = f'language = "{code}"'
        above, _, below = after.partition(f"{line}{end if end in text else chr(10)}")
        assert above + below in {text, text + end}  # a last line without an end gets one
        assert line in after


@given(st.text(), CODES)
def test_any_other_text_is_refused_or_keeps_its_meaning(text, code):
    try:
        after = with_language(text, code)
    except ValueError:
        return
    table, changed = tomllib.loads(text), tomllib.loads(after)
    assert table.pop("language", "") == code or changed["language"] == code
    changed.pop("language", None)
    assert repr(changed) == repr(table)


@given(files(), CODES, CODES)
def test_switching_to_and_fro_comes_back_to_the_same_file(file, first, second):
    once = with_language(whole(file), first)
    assume("language" in tomllib.loads(once))
    assert with_language(with_language(once, second), first) == once


RETENTION = ("deck", "lstm", "desired_retention")


@given(files(), st.floats(0.7, 0.99))
def test_a_decks_retention_is_written_and_all_else_keeps_its_meaning(file, retention):
    text = whole(file)
    after = with_value(text, RETENTION, retention)
    table = tomllib.loads(after)
    assert table.pop("deck") == {"lstm": {"desired_retention": retention}}
    assert repr(table) == repr(tomllib.loads(text))
    assert with_value(with_value(after, RETENTION, 0.5), RETENTION, retention) == after
