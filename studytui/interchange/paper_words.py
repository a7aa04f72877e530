"""The words of a printed paper, in the languages that papers are printed in."""

from __future__ import annotations

import re

from studytui.frozen import frozen


@frozen
class Words:
    """What stands on a paper besides its cards. Texts with braces are filled in."""

    title: str = "Quiz"
    key: str = "Key"
    name: str = "Name"
    date: str = "Date"
    score: str = "Score"
    points: str = "{points} points"
    point: str = "1 point"
    part: str = "each part counts {share}"
    answer: str = "Answer"
    gap: str = "Fill in the gap"
    pick_one: str = "Tick one."
    pick_several: str = "Tick all that are right."
    arrange: str = "Write the letters in the right order."
    pair: str = "Write the letter of its partner behind each number."
    right: str = "Right"
    also: str = "Also right"
    solution: str = "Worked solution"
    explanation: str = "Explanation"
    mistakes: str = "Known mistakes"
    commas: str = "with commas between them"
    yes: str = "yes"
    no: str = "no"


ENGLISH = Words()
KOREAN = Words(
    title="퀴즈",
    key="정답과 풀이",
    name="이름",
    date="날짜",
    score="점수",
    points="{points}점",
    point="1점",
    part="한 칸에 {share}점",
    answer="답",
    gap="빈칸을 채우시오",
    pick_one="하나를 고르시오.",
    pick_several="옳은 것을 모두 고르시오.",
    arrange="기호를 알맞은 순서로 쓰시오.",
    pair="번호마다 짝이 되는 기호를 쓰시오.",
    right="정답",
    also="이것도 정답",
    solution="풀이",
    explanation="설명",
    mistakes="흔한 실수",
    commas="쉼표로 나누어",
    yes="예",
    no="아니요",
)

#: What is wanted of an answer, as the forms say it, in Korean.
_HINTS = (
    (re.compile(r"a whole number"), r"정수"),
    (re.compile(r"a number, (\d+) significant digits?"), r"수, 유효숫자 \1자리"),
    (re.compile(r"a shape such as (.+)"), r"\1 같은 모양"),
    (re.compile(r"yes or no"), r"예 또는 아니요"),
    (re.compile(r"a word or a few"), r"낱말 하나 또는 몇 개"),
    (re.compile(r"the missing words.*"), r"빠진 말"),
    (re.compile(r"(\d+) numbers?"), r"수 \1개"),
    (re.compile(r"(\d+) numbers?, (\d+) significant digits?"), r"수 \1개, 유효숫자 \2자리"),
    (re.compile(r"(\d+) numbers?, row by row"), r"수 \1개, 행 순서로"),
    (re.compile(r"(\d+) numbers?, row by row, (\d+) significant digits?"), r"수 \1개, 행 순서로, 유효숫자 \2자리"),
)


def words_in(language: str) -> Words:
    """The words of a language; English where there are no others."""
    return KOREAN if language == "ko" else ENGLISH


def hint_in(hint: str, language: str) -> str:
    """What is wanted of an answer, in a language; as it is where that is not known."""
    for pattern, told in _HINTS if language == "ko" else ():
        found = pattern.fullmatch(hint)
        if found is not None:
            return found.expand(told)
    return hint
