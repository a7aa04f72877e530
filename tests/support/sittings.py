"""A sitting at a desk that can be opened again, and a journal that fails."""

from support.world import World, right_for, slip_for

from studytui.journal import JournalError


class Starter:
    """Opens a desk over some cards; `again` is a new sitting, as after a restart."""

    def __init__(self, folder):
        self.folder = folder
        self._open = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for desk in self._open:
            desk.close()

    def __call__(self, *cards, settings=None):
        self.world = World(self.folder, *cards, settings=settings)
        return self.again()

    def again(self):
        self.desk = self.world.desk()
        self._open.append(self.desk)
        session = self.desk.day.session()
        session.begin()
        return session

    @property
    def clock(self):
        return self.world.clock


def give(session, outcome="right"):
    """Answers the question on screen."""
    question = session.question
    session.answer({"right": right_for, "slip": slip_for, "nothing": lambda _: None}[outcome](question))
    return question


class Failing:
    """A journal of which some methods fail, but not for one card."""

    def __init__(self, journal):
        self.journal, self.verbs, self.but = journal, set(), ""

    def __getattr__(self, name):
        def verb(*arguments):
            if name in self.verbs and self.but not in arguments:
                raise JournalError("the disk is full")
            return getattr(self.journal, name)(*arguments)

        return verb
