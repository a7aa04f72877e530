"""A quiz on the screen that exists only in memory."""

from __future__ import annotations

from contextlib import asynccontextmanager

from support.screens import WIDE, opened
from support.world import right_for

from studytui.quiz.plan import Plan
from studytui.tui.screens.quiz import QuizScreen


@asynccontextmanager
async def sitting(world, *, size=WIDE, resume=False, **plan):
    """A quiz of a plan over all of a world's decks; or the one that waits."""

    def first(desk):
        quizzes = desk.quizzes
        quiz = quizzes.resume(quizzes.unfinished().number) if resume else quizzes.begin(Plan(7, **plan))
        return QuizScreen(desk, quiz)

    async with opened(world, first=first, size=size) as screen:
        yield screen


def quiz_of(screen):
    return next(each for each in screen.app.screen_stack if isinstance(each, QuizScreen)).quiz


async def pass_time(world, screen, seconds):
    """Time passes, and the screen notices it, as it does once a second."""
    world.clock.tick(seconds)
    for each in screen.app.screen_stack:
        if isinstance(each, QuizScreen):
            each._tick()
    await screen.settle()


def place_of(screen, card):
    """The number of a card's question, from 1."""
    return next(at for at, question in enumerate(quiz_of(screen).paper.questions, 1) if question.card.id == card)


async def go_to(screen, card):
    """Opens a card's question by its number, on the overview."""
    await screen.press("ctrl+o", *str(place_of(screen, card)), "enter")
    assert quiz_of(screen).question.card.id == card


async def answer_right(screen):
    """Answers the open question right, and goes on."""
    question = quiz_of(screen).question
    right = right_for(question)
    if isinstance(right, frozenset):
        await screen.press(*(str(place + 1) for place in sorted(right)), "enter")
    elif isinstance(right, tuple) and question.card.kind == "match":
        await screen.press(*(str(place + 1) for place in right), "enter")
    elif isinstance(right, tuple):
        order = list(range(len(right)))
        for target, place in enumerate(right):
            at = order.index(place)
            await screen.press(str(at + 1), str(target + 1))
            order.insert(target, order.pop(at))
        await screen.press("enter")
    else:
        await screen.type(f"{right}\n")


def responses(screen):
    """What is entered, by card."""
    return {
        question.card.id: answer.response
        for question, answer in zip(quiz_of(screen).paper.questions, quiz_of(screen).sheet.answers, strict=True)
    }
