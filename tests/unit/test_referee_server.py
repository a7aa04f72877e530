"""The referee's server: its protocol, and that it never outlives whoever listens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from studytui.referee.server import answer

REQUEST = {
    "id": 7,
    "reference": "convolution.output_size",
    "arguments": {"input_size": 32, "kernel_size": 5, "stride": 1, "padding": 0, "dilation": 1},
    "value": 28,
    "only": "torch",
}


#: Without PyTorch, for what does not need it.
QUICK = "server._make_ready = lambda: {'ready': True}\nserver.answer = lambda line: {'id': 7}\n"


def start(code="main()"):
    """A server whose `answer` can be replaced before `main` runs."""
    script = f"import os, time\nfrom studytui.referee import server\nfrom studytui.referee.server import *\n{code}"
    return subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@pytest.fixture(scope="module")
def server():
    """One server for the tests that do not end it; it has said that it is ready."""
    process = start()
    process.ready = hear(process)
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def say(process, message):
    process.stdin.write(json.dumps(message).encode() + b"\n")
    process.stdin.flush()


def hear(process):
    return json.loads(process.stdout.readline())


def test_a_request_is_answered_with_opinions():
    reply = answer(json.dumps(REQUEST))
    assert reply["id"] == 7
    (opinion,) = reply["opinions"]
    assert (opinion["name"], opinion["value"], opinion["agrees"], opinion["error"]) == ("PyTorch", 28, True, "")


def test_all_witnesses_are_asked_unless_told_otherwise():
    reply = answer(json.dumps({**REQUEST, "only": None}))
    assert [each["name"] for each in reply["opinions"]] == ["brute force", "PyTorch"]


@pytest.mark.parametrize(
    ("line", "number", "error"),
    [
        ("no json", None, "JSONDecodeError"),
        ("[]", None, "TypeError"),
        ("{}", None, "KeyError: 'id'"),
        ('{"id": 3}', 3, "KeyError: 'arguments'"),
        (json.dumps({**REQUEST, "reference": "convolution.nothing"}), 7, "UnknownReference: there is no reference"),
        (b"\xff\xfe\n", None, "UnicodeDecodeError"),
    ],
)
def test_a_bad_request_is_answered_with_what_is_wrong(line, number, error):
    reply = answer(line)
    assert reply["id"] == number
    assert reply["error"].startswith(error)


def test_arguments_that_do_not_fit_disagree_without_harm():
    (opinion,) = answer(json.dumps({**REQUEST, "arguments": {"input_size": 3}}))["opinions"]
    assert opinion["agrees"] is False
    assert opinion["error"].startswith("TypeError")


def test_it_says_what_it_can_run_before_it_answers(server):
    assert server.ready == {"ready": True, "witnesses": ["brute force", "PyTorch"], "missing": ""}
    say(server, REQUEST)
    assert hear(server)["id"] == 7


def test_a_broken_line_does_not_end_it(server):
    server.stdin.write(b"\xff\xfe not json\n")
    say(server, REQUEST)
    assert "error" in hear(server)
    assert hear(server)["opinions"][0]["agrees"] is True


def test_stray_prints_do_not_reach_the_protocol():
    noisy = (
        "def noisy(line):\n    print('stray'); os.write(1, b'more'); return {'id': 7}\nserver.answer = noisy\nmain()"
    )
    process = start(QUICK + noisy)
    say(process, REQUEST)
    assert hear(process)["ready"] is True
    assert hear(process)["id"] == 7
    process.stdin.close()
    assert process.wait(10) == 0
    process.stdout.close()


def test_it_is_polite_to_the_program(server):
    assert os.getpriority(os.PRIO_PROCESS, server.pid) >= 10


def test_the_end_of_input_ends_it_while_it_loads():
    process = start()
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()


def test_the_end_of_input_ends_it_in_the_middle_of_a_computation():
    process = start(QUICK + "server.answer = lambda line: time.sleep(600)\nmain()")
    hear(process)
    say(process, REQUEST)
    time.sleep(0.1)
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()


def test_it_ends_when_nobody_listens():
    process = start(QUICK + "main()")
    hear(process)
    process.stdout.close()
    say(process, REQUEST)
    assert process.wait(20) == 0
    process.stdin.close()
