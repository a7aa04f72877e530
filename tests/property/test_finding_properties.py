"""What a search finds is what a slow look at every card and every review finds, whatever the query and the past."""

import contextlib
import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.world import CHOICE, DAY, RECALL, TEXT, World

from studytui.browsing.searcher import Searched, Searcher, Wanted
from studytui.journal import JournalError, sets
from studytui.memory.model import Action, Entry, Rating, State
from studytui.memory.recall import retrievability
from studytui.memory.replay import standing
from studytui.search import unparse
from studytui.search.tree import (
    All,
    Any,
    InDeck,
    Introduced,
    Is,
    Named,
    Not,
    OfKind,
    Prop,
    Rated,
    Slipped,
    Tagged,
    Words,
    all_of,
    any_of,
    negated,
)

CARDS = ("deck/why-padding", "deck/mover", "deck/border", "other/thin", "other/gone")
TEXTS = {
    "deck/why-padding": "what does padding buy you? the filter can be centred on border pixels.",
    "deck/mover": "which one moves the window? padding stride bias only the stride.",
    "deck/border": "what is added at the border? one word. padding zero padding mostly zeros.",
    "other/thin": 'thin "ice" 100% 게이트는 문이다',
}
KINDS = {"deck/why-padding": "recall", "deck/mover": "choice", "deck/border": "text", "other/thin": "recall"}
OTHER = '# Another deck\n\n```toml\ntags = ["CNN", "two words"]\n```\n\n## Thin "ICE" 100% {#thin}\n\n게이트는 문이다\n'
GONE = OTHER + "\n## Gone soon {#gone}\n\nIt was here.\n"

steps = st.lists(
    st.tuples(
        st.sampled_from(CARDS),
        st.sampled_from([*Rating, *Rating, Action.SUSPEND, Action.RESUME, Action.BURY, Action.RESET, Action.UNDO]),
        st.sampled_from(["", "", "no_bias", "padded_once, no_bias"]),
        st.sampled_from([0, 60, 7 * 60, DAY, 3 * DAY, 20 * DAY]),
    ),
    max_size=14,
)
patterns = st.sampled_from(
    ["cnn", "C*", "*", "two words", "a deck", "other", "an*", "deck/*", "thin", "other/thin", "x"]
)
terms = st.one_of(
    st.sampled_from(["padding", "Pad", "pa", "S", '"', "%", "_", "게이트", "이", "문이", "zz", "e wi"]).map(Words),
    patterns.map(InDeck),
    patterns.map(Tagged),
    patterns.map(Named),
    st.sampled_from(["recall", "c*", "text"]).map(OfKind),
    st.sampled_from(["bias", "no_bias", "no*", "padded", "on", "b*s"]).map(Slipped),
    st.sampled_from(["due", "new", "learning", "review", "suspended", "buried", "orphan", "leech"]).map(Is),
    st.builds(Rated, st.sampled_from([1, 2, 7, 30, 200]), st.none() | st.integers(1, 4)),
    st.sampled_from([1, 7, 60]).map(Introduced),
    st.builds(
        Prop,
        st.sampled_from(["d", "s", "r", "ivl", "due", "reps", "lapses"]),
        st.sampled_from(["<", "<=", ">", ">="]),
        st.sampled_from([-2.0, 0.0, 0.503, 0.9, 1.0, 2.0, 3.5, 7.0, 20.0]),
    ),
    st.builds(
        Prop,
        st.sampled_from(["ivl", "due", "reps", "lapses"]),
        st.sampled_from(["=", "!="]),
        st.integers(0, 4).map(float),
    ),
)


def _combined(parts):
    several = st.lists(parts, min_size=2, max_size=3)
    return several.map(all_of) | several.map(any_of) | parts.map(negated)


queries = st.lists(st.recursive(terms, _combined, max_leaves=6), min_size=12, max_size=12)


class Slow:
    """Looks at every card by itself."""

    def __init__(self, world, journal):
        self.world, self.journal = world, journal
        self.day = world.scheduler.day_of(world.clock())
        self.orphans = set(journal.decks.orphans())

    def finds(self, query, card):  # noqa: PLR0911 - one case a term
        match query:
            case All(parts):
                return all(self.finds(part, card) for part in parts)
            case Any(parts):
                return any(self.finds(part, card) for part in parts)
            case Not(part):
                return not self.finds(part, card)
            case Words(text):
                return text.lower() in TEXTS.get(card, "")
            case InDeck(pattern):
                names = {"deck": ["deck", "a deck"], "other": ["other", "another deck"]}[card.split("/")[0]]
                return card not in self.orphans and any(like(pattern, name) for name in names)
            case Tagged(pattern):
                return card == "other/thin" and any(like(pattern, tag) for tag in ("cnn", "two words"))
            case OfKind(pattern):
                return like(pattern, KINDS.get(card, ""))
            case Named(pattern):
                return like(pattern, card if "/" in pattern else card.split("/")[1])
            case _:
                return self.remembers(query, card)

    def remembers(self, query, card):  # noqa: C901, PLR0911, PLR0912 - one case a term
        state = self.journal.state(card)
        memory = state.memory
        reviews = [each for each in standing(self.journal.history(card)) if each.rating]
        match query:
            case Slipped(pattern):
                made = [slip for each in reviews for slip in each.slip.split(", ") if slip]
                return any(like(f"*_{pattern}_*", f"_{slip}_") for slip in made)
            case Is("due"):
                return (
                    card not in self.orphans
                    and memory is not None
                    and not state.suspended
                    and (
                        not state.buried(self.day)
                        and (
                            memory.due_day <= self.day
                            if memory.state is State.REVIEW
                            else self.world.scheduler.day_of(self.world.clock()) * 86_400_000 + 28 * 3_600_000
                            > memory.due_ms
                        )
                    )
                )
            case Is("new"):
                return memory is None
            case Is("learning"):
                return memory is not None and memory.state is not State.REVIEW
            case Is("review"):
                return memory is not None and memory.state is State.REVIEW
            case Is("suspended"):
                return state.suspended
            case Is("buried"):
                return state.buried(self.day)
            case Is("orphan"):
                return card in self.orphans
            case Is("leech"):
                return memory is not None and memory.lapses >= 8
            case Rated(days, None):
                return memory is not None and any(each.day > self.day - days for each in reviews)
            case Rated(days, rating):
                return any(each.day > self.day - days and each.rating == rating for each in reviews)
            case Introduced(days):
                return memory is not None and memory.first_day > self.day - days
        if memory is None:
            return False
        value = {
            "d": memory.difficulty,
            "s": memory.stability,
            "r": retrievability(memory.stability, self.day - memory.last_day, self.world.scheduler.decay),
            "ivl": memory.due_day - memory.last_day,
            "due": memory.due_day - self.day,
            "reps": memory.reviews,
            "lapses": memory.lapses,
        }[query.name]
        return {
            "<": value < query.value, "<=": value <= query.value, ">": value > query.value,
            ">=": value >= query.value, "=": value == query.value, "!=": value != query.value,
        }[query.comparison]  # fmt: skip


def like(pattern, text):
    return re.fullmatch(".*".join(map(re.escape, pattern.lower().split("*"))), text, re.DOTALL) is not None


def happen(world, journal, past):
    for card, what, slip, wait in past:
        moment = world.clock()
        if what is Action.UNDO:
            journal.undo(moment)
        else:
            rating = what if isinstance(what, Rating) else None
            journal.record(
                Entry(
                    card, Action.REVIEW if rating else what, moment.ms, 0, world.scheduler.day_of(moment),
                    rating=rating, slip=slip if rating else "",
                )
            )  # fmt: skip
        world.clock.tick(wait)


@pytest.mark.parametrize("few", [0, 4_000])
@pytest.mark.parametrize("trigrams", [True, False])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(past=steps, later=steps, asked=queries)
def test_a_search_finds_what_a_slow_look_finds_also_when_things_have_happened_since(
    tmp_path_factory, trigrams, few, past, later, asked
):
    """`few` is of how many cards the texts are read; the trigrams, where there are any, tell of more."""
    world = World(tmp_path_factory.mktemp("world"), RECALL, CHOICE, TEXT)
    other = world.decks / "other.md"
    other.write_text(GONE)
    with world.desk() as desk:
        happen(world, desk._journal, past)
        other.write_text(OTHER)
        desk.decks.refresh()
        searched = Searched(world.path, desk.decks.library, world.scheduler, world.clock, ["deck", "other"])
        with closing(Searcher(searched)) as searcher:
            searcher.renew()
            searcher.finder.picker.trigrams, searcher.finder.picker.few = trigrams, few
            for more in ((), later):
                happen(world, desk._journal, more)
                slow = Slow(world, desk._journal)
                known = [card for card in CARDS if card != "other/gone" or card in slow.orphans]
                for query in asked:
                    found = searcher.finder.ids(searcher.search(Wanted(unparse(query))))
                    assert sorted(found) == sorted(card for card in known if slow.finds(query, card)), unparse(query)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    line=st.text(alphabet="padingtrew ", min_size=1, max_size=8),
    few=st.sampled_from([0, 1, 4_000]),
    before=st.sampled_from(["", "is:new ", "-thin ", "(deck:other or padding) "]),
)
def test_a_line_typed_key_by_key_finds_what_it_finds_at_once(tmp_path_factory, line, few, before):
    world = World(tmp_path_factory.mktemp("world"), RECALL, CHOICE, TEXT)
    (world.decks / "other.md").write_text(OTHER)
    with world.desk() as desk:
        searched = Searched(world.path, desk.decks.library, world.scheduler, world.clock, ["deck", "other"])
        with closing(Searcher(searched)) as typing:
            typing.renew()
            typing.finder.picker.few = few
            for end in range(1, len(line) + 1):
                with closing(Searcher(searched)) as anew:
                    wanted = Wanted(before + line[:end])
                    assert typing.search(wanted) == anew.search(wanted)


keys = st.lists(st.integers(1, 3_000), unique=True, max_size=60)


@given(order=keys, chosen=keys)
def test_a_set_of_keys_has_its_keys_in_any_order_and_stands_on_pages(order, chosen):
    picked = sets.of_keys(chosen)
    assert sets.among(order, picked) == [key for key in order if key in chosen]
    assert sets.to_keys(picked) == sorted(chosen)
    assert sets.unpacked(",".join(map(str, chosen))) == chosen
    places = [sets.place(key) for key in chosen]
    assert sets.of_pages((page, sets.to_bytes(held)) for page, held in places) == picked


@pytest.mark.parametrize("gone", ["deck/why-padding", "deck/mover", "other/gone", None])
def test_keys_that_are_missing_in_between_change_nothing(tmp_path, gone):
    world = World(tmp_path, RECALL, CHOICE, TEXT)
    (world.decks / "other.md").write_text(GONE)
    with world.desk() as desk:
        happen(world, desk._journal, [("deck/border", Rating.EASY, "", 60)])
        searched = Searched(world.path, desk.decks.library, world.scheduler, world.clock, ["deck", "other"])
        with closing(sqlite3.connect(world.path)) as connection, connection:
            connection.execute("DELETE FROM cards WHERE id = ?", (gone,))
        cards = {"deck/why-padding", "deck/mover", "deck/border", "other/thin", "other/gone"} - {gone}
        with closing(Searcher(searched)) as searcher:
            searcher.renew()
            for line, found in (("is:new", cards - {"deck/border"}), ("is:review", {"deck/border"}), ("-zz", cards)):
                assert set(searcher.finder.ids(searcher.search(Wanted(line)))) == found


def test_a_search_that_is_stopped_leaves_nothing_wrong_to_the_next(tmp_path, monkeypatch):
    world = World(tmp_path, RECALL, CHOICE, TEXT)
    with world.desk() as desk, closing(Searcher(desk.search.searched)) as searcher:
        searcher.renew()
        picker = searcher.finder.picker
        for stopped in ("_all", "_of_each", "keys", "_piece"):
            with monkeypatch.context() as patch:
                patch.setattr(picker, stopped, lambda *_: (_ for _ in ()).throw(JournalError("interrupted")))
                with contextlib.suppress(JournalError):
                    searcher.search(Wanted(f"-is:{'new' if stopped == '_all' else 'review'} pa"))
            assert len(searcher.search(Wanted("-is:review pa"))) == 3
            assert len(searcher.search(Wanted("-is:new"))) == 0
            happen(world, desk._journal, [("deck/mover", Action.SUSPEND, "", 0)])
