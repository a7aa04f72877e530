"""A program that sits a quiz until it is killed, or told to go on. Run by test_quizzes.py, in the world of a folder."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from support.world import World, right_for

from studytui.problems import Problem
from studytui.quiz.plan import Plan


def sit(folder: Path) -> None:
    """Answers three questions, says what was kept after each, waits for a line, and says what a flag then does."""
    world = World(folder, (folder / "decks" / "deck.md").read_text().removeprefix("# A deck\n"))
    with world.desk() as desk:
        quiz = desk.quizzes.begin(Plan(7, minutes=15))
        for place in range(3):
            quiz.go(place, world.clock())
            world.clock.tick(10)
            quiz.answer(right_for(quiz.question), world.clock())
            sys.stdout.write(json.dumps({"elapsed_ms": quiz.sheet.elapsed_ms}) + "\n")
            sys.stdout.flush()
        sys.stdin.readline()
        try:
            quiz.flag(world.clock())
        except Problem as problem:
            sys.stdout.write(f"{problem}\n")


sit(Path(sys.argv[1]))
