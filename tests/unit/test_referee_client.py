"""The referee as the program sees it, with real processes: answers, crashes, hangs, and the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reference_impl.catalogue import find
from reference_impl.compare import Opinion
from studytui.referee import Referee, client

WAIT = 60


@dataclass(frozen=True)
class Use:
    reference: str
    value: object
    arguments: dict = field(default_factory=dict)


def use(reference, value, *args, **kwargs):
    return Use(reference, value, find(reference).bind(*args, **kwargs))


RIGHT = use("recurrent.lstm_parameters", 2560, 10, 20)
WRONG = use("recurrent.lstm_parameters", 2480, 10, 20)


@pytest.fixture(scope="module")
def referee():
    asked = Referee()
    yield asked
    asked.close()


@pytest.fixture
def fake():
    """Referees whose server is a few lines of Python; `READY` is printed by most of them."""
    made = []

    def make(code, **options):
        script = "import sys, time, json, os\nREADY = json.dumps({'ready': True})\n" + textwrap.dedent(code)
        asked = Referee([sys.executable, "-c", script], **options)
        made.append(asked)
        return asked

    yield make
    for asked in made:
        asked.close()


ECHO = """
    print(READY, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        said = [{"name": "echo", "value": request["value"], "agrees": True, "error": "", "seconds": 0.0}]
        print(json.dumps({"id": request["id"], "opinions": said}), flush=True)
"""


def after(gate):
    """A server that echoes, and starts slowly: not before the gate is there."""
    return f"while not os.path.exists({str(gate)!r}): time.sleep(0.01)\n" + textwrap.dedent(ECHO)


def is_running(pid):
    """Whether the process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def is_gone(pid, seconds=15):
    deadline = time.monotonic() + seconds
    while is_running(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def unavailable(asked, *calls):
    """The one sentence with which every call was answered."""
    said = asked.ask(calls).result(WAIT)
    assert len(said) == len(calls)
    assert {(each.name, each.value, each.agrees) for each in said} == {("PyTorch", None, None)}
    return said[0].error


def test_nothing_is_started_before_the_first_question():
    before = threading.active_count()
    asked = Referee()
    assert asked.pid is None
    assert threading.active_count() == before
    asked.close()


def test_no_calls_are_answered_without_a_process():
    asked = Referee()
    assert asked.ask([]).result(0) == ()
    assert asked.pid is None


def test_a_right_value_is_confirmed_by_pytorch(referee):
    (opinion,) = referee.ask([RIGHT]).result(WAIT)
    assert (opinion.name, opinion.value, opinion.agrees, opinion.error) == ("PyTorch", 2560, True, "")


def test_a_wrong_value_is_contradicted(referee):
    (opinion,) = referee.ask([WRONG]).result(WAIT)
    assert (opinion.value, opinion.agrees) == (2560, False)


def test_one_process_answers_many_questions(referee):
    referee.ask([RIGHT]).result(WAIT)
    pid = referee.pid
    futures = [referee.ask([RIGHT]) for _ in range(20)]
    assert all(future.result(WAIT)[0].agrees for future in futures)
    assert referee.pid == pid


def test_several_calls_are_answered_in_their_order(referee):
    said = referee.ask([RIGHT, WRONG, use("convolution.jump", 4, (2, 2))]).result(WAIT)
    assert [each.agrees for each in said] == [True, False, True]


def test_arrays_and_missing_arguments_cross_the_border(referee):
    image = ((1, 2, 3), (4, 5, 6), (7, 8, 9))
    calls = [
        use("convolution.cross_correlation", ((1, 2), (4, 5)), image, ((1, 0), (0, 0))),
        use("convolution.pool_size", 2, 5, 2),
        use("recurrent.gate_value", (0.5, 0.5), (0, 0.0)),
    ]
    said = referee.ask(calls).result(WAIT)
    assert [each.agrees for each in said] == [True, True, True]
    assert said[0].value == ((1, 2), (4, 5))


def test_other_witnesses_can_be_asked_for(referee):
    assert [each.name for each in referee.ask([RIGHT], only=None).result(WAIT)] == ["brute force", "PyTorch"]


def test_threads_may_ask_at_once(referee):
    said = []
    threads = [threading.Thread(target=lambda: said.append(referee.ask([RIGHT]).result(WAIT))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert [each[0].agrees for each in said] == [True] * 8


def test_a_call_that_cannot_be_sent_harms_nobody(referee):
    assert "a call cannot be sent" in unavailable(referee, Use("convolution.jump", object()))
    assert referee.ask([RIGHT]).result(WAIT)[0].agrees


def test_an_unknown_reference_is_told(referee):
    (opinion,) = referee.ask([Use("convolution.nothing", 1)]).result(WAIT)
    assert opinion.agrees is None
    assert "there is no reference “convolution.nothing”" in opinion.error


def test_a_killed_server_is_started_again(referee):
    referee.ask([RIGHT]).result(WAIT)
    pid = referee.pid
    os.kill(pid, signal.SIGKILL)
    assert referee.ask([RIGHT]).result(WAIT)[0].agrees
    assert referee.pid != pid


def test_asking_does_not_wait_for_a_slow_start(fake, tmp_path):
    asked = fake(after(tmp_path / "gate"))
    future = asked.ask([RIGHT])
    assert not future.done()
    (tmp_path / "gate").touch()
    assert future.result(WAIT)[0].name == "echo"


def test_a_server_that_hangs_is_ended_in_bounded_time(fake):
    asked = fake("print(READY, flush=True); time.sleep(600)", timeout=0.3)
    begun = time.monotonic()
    assert unavailable(asked, RIGHT) == "the referee is unavailable: it gave no answer within 0.3 seconds"
    assert time.monotonic() - begun < WAIT
    assert asked.pid is None


def test_a_stopped_server_is_ended_in_bounded_time(fake):
    asked = fake(ECHO, timeout=1.5)
    asked.ask([RIGHT]).result(WAIT)
    pid = asked.pid
    os.kill(pid, signal.SIGSTOP)
    assert asked.ask([RIGHT]).result(WAIT)[0].agrees  # by its successor
    assert is_gone(pid)


def test_a_server_that_does_not_read_is_ended_in_bounded_time(fake):
    asked = fake("print(READY, flush=True); time.sleep(600)", timeout=0.01)
    large = Use("convolution.full_convolution", 1, {"signal": (0.123456789,) * 60_000})
    assert "no answer within" in unavailable(asked, *[large] * 3)


def test_a_server_that_is_never_ready_is_given_up(fake):
    asked = fake("time.sleep(600)", start_timeout=0.3)
    assert unavailable(asked, RIGHT).endswith("it gave no answer within 0.3 seconds")


def test_a_server_that_ends_at_once_is_reported_with_its_status(fake):
    assert unavailable(fake("sys.exit(3)"), RIGHT) == "the referee is unavailable: it ended with status 3"


def test_a_server_that_speaks_nonsense_is_reported(fake):
    nonsense = "print(READY, flush=True)\nfor line in sys.stdin: print('{}', flush=True)"
    assert unavailable(fake(nonsense), RIGHT) == "the referee is unavailable: its reply makes no sense"


def test_a_missing_program_is_reported():
    asked = Referee(["/nowhere/python"])
    assert "it could not be started" in unavailable(asked, RIGHT)
    asked.close()


def test_a_request_that_is_lost_once_is_asked_again(fake, tmp_path):
    mark = tmp_path / "crashed"
    code = f"""
    print(READY, flush=True)
    if not os.path.exists({str(mark)!r}):
        open({str(mark)!r}, "w").close()
        sys.stdin.readline()
        os._exit(1)
    """
    asked = fake(textwrap.dedent(code) + textwrap.dedent(ECHO).replace("print(READY, flush=True)\n", ""))
    assert asked.ask([RIGHT]).result(WAIT)[0].name == "echo"
    assert mark.exists()


def test_a_server_that_always_fails_is_left_alone_for_a_while(fake, tmp_path, monkeypatch):
    starts = tmp_path / "starts"
    asked = fake(f"open({str(starts)!r}, 'a').write('x'); sys.exit(1)")
    for _ in range(client.MOST_FAILURES):
        last = unavailable(asked, RIGHT)
    assert last.endswith("it failed 4 times in a row and rests for a minute")
    assert len(starts.read_text()) == client.MOST_FAILURES
    monkeypatch.setattr(asked, "_resting_until", 0.0)
    assert unavailable(asked, RIGHT).endswith("it ended with status 1")


def test_a_success_forgets_earlier_failures(fake):
    asked = fake(ECHO)
    for _ in range(client.MOST_FAILURES + 1):
        asked.ask([RIGHT]).result(WAIT)
        os.kill(asked.pid, signal.SIGKILL)
    assert asked.ask([RIGHT]).result(WAIT)[0].agrees


def test_a_cancelled_question_is_not_asked(fake, tmp_path):
    asked = fake(after(tmp_path / "gate"))
    first, second, third = (asked.ask([RIGHT]) for _ in range(3))
    assert second.cancel()
    (tmp_path / "gate").touch()
    assert first.result(WAIT)[0].agrees
    assert third.result(WAIT)[0].agrees


def test_closing_ends_the_server_at_once(fake):
    asked = fake(ECHO)
    asked.ask([RIGHT]).result(WAIT)
    pid = asked.pid
    asked.close()
    assert not is_running(pid)
    assert asked.pid is None


def test_what_is_asked_while_closing_is_still_answered(fake):
    asked = fake("print(READY, flush=True); time.sleep(600)")
    futures = [asked.ask([RIGHT]) for _ in range(3)]
    time.sleep(0.1)
    asked.close()
    assert all(isinstance(future.result(WAIT)[0], Opinion) for future in futures)
    assert {future.result(0)[0].agrees for future in futures} == {None}


def test_a_closed_referee_says_so():
    asked = Referee()
    asked.close()
    asked.close()
    assert unavailable(asked, RIGHT) == "the referee is unavailable: it is closed"


def test_a_callback_may_close_the_referee(fake):
    asked = fake(ECHO)
    closed = threading.Event()
    future = asked.ask([RIGHT])
    future.add_done_callback(lambda _: (asked.close(), closed.set()))
    assert closed.wait(WAIT)
    assert asked.ask([RIGHT]).result(WAIT)[0].agrees is None


def program(ending, *, wait_for_answer, cwd=None):
    """A program that asks the real referee, prints the server's number, and then goes on to `ending`."""
    script = f"""
import time
from types import SimpleNamespace
from studytui.referee import Referee
referee = Referee()
arguments = {{"strides": (2, 2)}}
future = referee.ask([SimpleNamespace(reference="convolution.jump", arguments=arguments, value=4)])
while referee.pid is None:
    time.sleep(0.001)
if {wait_for_answer}:
    assert future.result(60)[0].agrees, future.result()
print(referee.pid, flush=True)
{ending}
"""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd
    )


@pytest.mark.parametrize("wait_for_answer", [True, False], ids=["when ready", "while PyTorch loads"])
def test_the_server_dies_with_a_killed_program(wait_for_answer):
    process = program("time.sleep(600)", wait_for_answer=wait_for_answer)
    pid = int(process.stdout.readline())
    assert is_running(pid)
    process.kill()
    process.communicate()
    assert is_gone(pid)


def test_a_program_that_ends_without_closing_leaves_nothing_behind():
    process = program("", wait_for_answer=True)
    said, complaints = process.communicate(timeout=WAIT)
    assert (process.returncode, complaints) == (0, "")
    assert is_gone(int(said))


def test_a_torch_beside_a_strangers_decks_is_not_loaded(tmp_path):
    tmp_path.joinpath("torch.py").write_text("open('loaded', 'w').close()")
    process = program("", wait_for_answer=True, cwd=tmp_path)
    _, complaints = process.communicate(timeout=WAIT)
    assert (process.returncode, complaints) == (0, "")
    assert not tmp_path.joinpath("loaded").exists()


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(referee):
    referee.ask([RIGHT]).result(WAIT)
    assert os.getsid(referee.pid) != os.getsid(0)
