"""How the mutation run alters code, and that what it alters stays apart."""

from __future__ import annotations

import ast

import pytest
from support.altered_calls import BUILT_IN
from support.mutants import changes_of
from support.mutation import Judge, score_of_reference
from support.mutation_rules import validates
from support.programs import MOST_STEPS, Program, Steps, TooManySteps, compile_statement, definition, key_of, program

from reference_impl.catalogue import find
from reference_impl.convolution import jump, output_size, receptive_field


def altered(source):
    """What a function's body, or an expression that it returns, becomes by each alteration."""
    body = source if "\n" in source or ":" in source else f"return {source}"
    statement = ast.parse("def f(a, b, c, xs):\n" + "\n".join(f"    {line}" for line in body.splitlines())).body[0]
    return {change.texts[1] for change in changes_of(statement, is_reference=True)}


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("a + b", {"a - b", "a", "b"}),
        ("a - b", {"a + b", "a"}),
        ("a * b", {"a + b", "a", "b"}),
        ("a // b", {"a % b", "a", "rounded_up(a, b)"}),
        ("a % b", {"a // b", "a"}),
        ("a @ b", {"b @ a"}),
        ("a ** 2", {"a * 2", "3", "1"}),
        ("a < b", {"a >= b", "off_by_one(a, b)"}),
        ("a == b", {"a != b"}),
        ("a is b", {"a is not b"}),
        ("a in xs", {"a not in xs"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("-a", {"a"}),
        ("1", {"2", "0"}),
        ("0", {"1"}),
        ("True", {"False"}),
        ("0.5", {"1.5"}),
        ("'same'", {"'same_'"}),
        ("None", set()),
        ("min(a, b)", {"max(a, b)"}),
        ("math.floor(a)", {"math.ceil(a)"}),
        ("math.prod(xs)", {"sum(xs)"}),
        ("sum(xs)", {"prod(xs)"}),
        ("f(a, b, c)", {"f(b, a, c)", "f(a, c, b)"}),
        ("(a, b)", {"(b, a)"}),
        ("a if b else c", {"not b"}),
        ("[a for a in xs if b]", {"not b"}),
        ("xs[1:]", {"2", "0"}),
        ("zip(a, b, strict=True)", {"zip(b, a, strict=True)"}),
        ("xs.reshape(2, -1)", set()),
        ("cast('int', a + 1)", {"a - 1", "1", "2", "0"}),
        ("total = 0\ntotal += a\nreturn total", {"1", "pass", "total -= a"}),
        ("for a in xs:\n    break", {"continue"}),
        ("xs.append(a)\nreturn xs", {"pass"}),
        ("sum(a * b for a, b in zip(xs, c))", {"prod((a * b for a, b in zip(xs, c)))", "a + b", "a", "b"}),
        ("[a - b for a, b in zip(xs, c)]", {"a + b", "a", "zip(c, xs)"}),
        ("each(lambda a, b: a * b, xs, c)", {"a + b", "a", "b", "each(xs, lambda a, b: a * b, c)"}),
        ("_dot(a, b)", set()),
        ("g(a, 1, 1)", {"g(1, a, 1)", "2", "0"}),
        ("isinstance(a, float) or isinstance(b, float)", set()),
        ("len(xs[0]) - a", {"len(xs[0]) + a", "len(xs[0])"}),
        ("g('a', MOST_STEPS)", {"g(MOST_STEPS, 'a')"}),
        ("g('mode')", {"'mode_'"}),
        ("max(MOST_STEPS, MOST_ROWS)", set()),
        ("xs[a + 1] = b\nreturn xs", {"a - 1", "1", "2", "0"}),
        ("match a:\n    case 1:\n        return b + c\n    case _:\n        raise ValueError(1)", {"b - c", "b", "c"}),
        ("while a:\n    a -= b", {"not a", "pass", "a += b"}),
    ],
)
def test_code_is_altered_the_way_that_mistakes_do(source, mutants):
    assert altered(source) == mutants


@pytest.mark.parametrize(
    "source",
    [
        "checks.whole(1, a=a)",
        "_check_window(a, b, 1)",
        "if a < 1:\n    raise ValueError('a')",
        "if a < 1:\n    text = f'{a + 1}'\n    raise ValueError(text)",
        "for a in xs:\n    checks.flag(a=a)",
        "assert a < 1",
        "net.must_have_size(a, b)",
        "'A docstring.'",
        "return checks.wholes('a', a, 1, 5)",
    ],
)
def test_what_refuses_arguments_is_left_as_it_is(source):
    assert altered(source + "\n") == set()


def test_what_is_computed_on_the_way_to_a_check_is_altered():
    assert altered("return checks.wholes('a', a or b, 1)\n") == {"a and b"}


def test_a_branch_that_refuses_does_not_hide_the_other_one():
    (statement,) = ast.parse("if a:\n    raise ValueError\nelse:\n    b = 1").body
    assert not validates(statement)
    assert altered("if a:\n    raise ValueError\nelse:\n    b = 1") == {"2", "0"}


def test_defaults_of_references_are_the_witnesses_business():
    (statement,) = ast.parse("def f(a=1): return a").body
    assert changes_of(statement, is_reference=True) == []
    assert len(changes_of(statement, is_reference=False)) == 2


def test_functions_that_only_refuse_are_left_as_they_are():
    assert altered("if a < b:\n    return\nnear = a + b\nraise ValueError(near)") == set()


def test_a_program_apart_gives_what_the_reference_gives():
    function, _ = Program(key_of(output_size)).run()
    assert function is not output_size
    assert function(7, 3, 2) == output_size(7, 3, 2) == 3


def test_altering_leaves_the_real_reference_alone():
    key = key_of(output_size)
    before = [output_size(size, 3, 2) for size in range(3, 12)]
    for change in changes_of(definition(key).statement, is_reference=True):
        with change.made():
            function, _ = program(key).run(key, compile_statement(definition(key)))
        assert [output_size(size, 3, 2) for size in range(3, 12)] == before
        assert function.function is not output_size.function
    function, _ = program(key).run()
    assert [function(size, 3, 2) for size in range(3, 12)] == before


def test_loops_that_do_not_end_are_stopped():
    steps = Steps()
    for _ in range(MOST_STEPS):
        steps()
    with pytest.raises(TooManySteps):
        steps()


def test_loops_of_references_are_counted():
    function, steps = program(key_of(receptive_field)).run()
    function((3, 3), (1, 1))
    assert steps.left == MOST_STEPS - 2


def test_a_witness_that_is_shown_too_little_lets_mutants_through():
    key = key_of(jump)
    judge = Judge(jump)
    judge._heard, judge._coming = [], iter([({"strides": (1,)})])
    survivors = 0
    for change in changes_of(definition(key).statement, is_reference=True):
        with change.made():
            survivors += not judge.contradicts(key, compile_statement(definition(key)))
    assert survivors == 1  # a product of one number is its sum


@pytest.mark.parametrize(
    ("function", "seen"),
    [
        (lambda a, b: a * b, False),  # the same in either order: no mistake
        (lambda a, b: a - b, True),
    ],
)
def test_swapped_arguments_are_a_mistake_only_where_the_function_tells_them_apart(function, seen):
    (statement,) = ast.parse("def f(a, b): return g(a, b)").body
    (change,) = changes_of(statement, is_reference=True)
    watching, found = change.suspected
    names = {"g": function, "a": 3, "b": 5, "__builtins__": BUILT_IN}
    swapped = eval(compile(ast.Expression(watching), "", "eval"), names)
    assert swapped == function(5, 3)
    assert found == [seen]


def test_an_untouched_reference_is_not_contradicted():
    assert not Judge(find("convolution.paddings_for")).contradicts(None, None, last=50)


def test_the_score_counts_what_was_altered():
    score = score_of_reference(output_size)
    assert score.mutants > 20
    assert score.survivors == score.needless == ()
