"""A small world for sittings: a clock that is turned by hand, decks in a folder, a real journal, a referee of straw."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from reference_impl.compare import Opinion
from studytui.deck.library import Library
from studytui.desk import Desk, scheduler_of
from studytui.desk.witnesses import Witnesses
from studytui.journal import Journal
from studytui.journal.doctor import examine
from studytui.memory.model import Moment
from studytui.settings import Settings

#: Every kind of card, with a Korean translation.
SAMPLE = Path(__file__).parent.parent / "data" / "decks"
#: 2 March 2026, ten in the morning, UTC.
START_MS = 1_772_445_600_000
MINUTE = 60
DAY = 24 * 60 * MINUTE

RECALL = """
## What does padding buy you? {#why-padding}

The filter can be centred on border pixels.
"""
COMPUTED = """
## How wide is the output? {#output-size}

A {input_size}×{input_size} image, a {kernel_size}×{kernel_size} filter, padding {padding}, stride {stride}.

```toml
answer = "convolution.output_size(input_size, kernel_size, stride, padding)"
where = ["kernel_size <= input_size + 2 * padding"]

[given]
input_size = "7..64"
kernel_size = [3, 5, 7]
padding = "1..3"
stride = [1, 2, 3]

[show]
padded = "input_size + 2 * padding"
```

The padded input is {padded} wide: **{answer}** places.
"""
#: A computed card whose answer has a figure: few pixels.
FIGURED = """
## How many places? {#places}

{input_size} pixels, kernel {kernel_size}, padding {padding}, stride {stride}.

```toml
answer = "convolution.output_size(input_size, kernel_size, stride, padding)"

[given]
input_size = "7..12"
kernel_size = [3, 5]
padding = [1, 2]
stride = [2, 3]

[show]
padded = "input_size + 2 * padding"
```

The padded row has {padded} pixels; the kernel fits at **{answer}** places, each {stride} pixels behind the one before.
"""
#: A computed card with two steps before its answer.
STEPPED = """
## Pad, slide, count {#padded-output}

A row of {input_size} pixels, kernel {kernel_size}, padding {padding} on both sides, stride {stride}.

```toml
answer = "convolution.output_size(room + kernel_size, kernel_size, stride)"
ask = "Width of the output"

[[step]]
name = "padded"
ask = "Width of the padded row"
answer = "input_size + 2 * padding"
unit = "px"

[[step]]
name = "room"
ask = "Pixels that the kernel can move"
answer = "padded - kernel_size"

[given]
input_size = "11..64"
kernel_size = [3, 5, 7]
padding = "1..3"
stride = [2, 3]
```

{padded} pixels leave {room} to move: ⌊{room} / {stride}⌋ + 1 = **{answer}** places.
"""
CHOICE = """
## Which one moves the window? {#mover}

- [ ] padding
- [x] stride
- [ ] bias

Only the stride.
"""
SEVERAL = """
## Which change the parameter count? {#what-changes}

- [x] kernel size
- [ ] stride
- [ ] padding
- [x] number of filters

Only weights are counted.
"""
ORDER = """
## Oldest first {#detectors .order}

1. R-CNN
2. SPPNet
3. Fast R-CNN
"""
MATCH = """
## Which symbol means what? {#symbols .match}

| symbol | meaning |
| --- | --- |
| s | stride |
| p | padding |
| k | kernel size |
"""
TEXT = """
## What is added at the border? {#border}

One word.

```toml
accept = ["padding", "zero padding"]
```

Mostly zeros.
"""
CLOZE = """
## Forget gate {#forget-gate .cloze}

The ==forget== gate scales the old ==cell state==.
"""

#: The pieces above in Korean, but for those of which there are others of their kind.
IN_KOREAN = """# 합성곱: 스트라이드와 패딩

필터가 얼마나 움직이는지, 가장자리에 무엇을 더하는지가 출력의 크기를 정한다.

## 출력의 너비는 얼마인가? {#output-size}

{input_size}×{input_size} 이미지에 {kernel_size}×{kernel_size} 필터를 패딩 {padding}, 스트라이드 {stride}로 적용한다.

---

패딩한 입력의 너비는 {padded}이므로 필터는 **{answer}**곳에 놓인다.

## 덧대고, 옮기고, 센다 {#padded-output}

픽셀 {input_size}개인 줄, 커널 {kernel_size}, 양쪽 패딩 {padding}, 스트라이드 {stride}.

```toml
ask = "출력의 너비"

[step]
padded = "패딩한 줄의 너비"
room = { ask = "커널이 움직일 수 있는 픽셀 수", unit = "픽셀" }
```

너비 {padded}에서 {room}픽셀을 움직인다: ⌊{room} / {stride}⌋ + 1 = **{answer}** 곳.

## 파라미터 수를 바꾸는 것은? {#what-changes}

- [x] 커널 크기(kernel size)
- [ ] 스트라이드
- [ ] 패딩
- [x] 필터의 개수

세는 것은 가중치뿐이다.

## 오래된 것부터 {#detectors}

1. 영역을 하나씩 합성곱에 넣는 검출기(R-CNN)
2. 피라미드 풀링(SPPNet)
3. 특징 맵을 함께 쓰는 검출기(Fast R-CNN)

## 기호의 뜻은? {#symbols}

| 기호 | 뜻 |
| --- | --- |
| s | 스트라이드 |
| p | 패딩 |
| k | 커널 크기 |

## 가장자리에 더하는 것은? {#border}

한 낱말로.

```toml
accept = ["패딩", "제로 패딩"]
```

대개 0이다.

## 패딩은 왜 쓰는가? {#why-padding}

필터의 중심이 가장자리 픽셀에도 놓인다.

| 패딩 | 출력의 너비 |
| --- | --- |
| 없음 | 입력보다 좁다 |
| 같은 크기(same) | 입력과 같다 |
"""


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self, ms=START_MS, offset=0):
        self.ms, self.offset = ms, offset

    def __call__(self):
        return Moment(self.ms, self.offset)

    def tick(self, seconds=10.0):
        self.ms += round(seconds * 1000)


class StrawReferee:
    """Says at once what it was told to say; with `later`, only when `speak` is called."""

    def __init__(self, agrees=True, *, later=False):
        self.agrees, self.later = agrees, later
        self.waiting = []

    def ask(self, calls):
        future = Future()
        self.waiting.append((future, calls))
        if not self.later:
            self.speak()
        return future

    def speak(self):
        waiting, self.waiting = self.waiting, []
        for future, calls in waiting:
            future.set_result(tuple(Opinion("PyTorch", call.value, self.agrees) for call in calls))

    def close(self):
        pass


class World:
    """A folder with decks and a journal, as a learner has them."""

    def __init__(self, folder, *cards, settings=None):
        """`cards` are pieces of one deck, `deck.md`; without any the folder holds the sample deck."""
        self.folder, self.clock = folder, Clock()
        self.decks = folder / "decks"
        self.decks.mkdir(exist_ok=True)
        self.settings = replace(settings or Settings(), day_start=4 * 60)
        self.scheduler = scheduler_of(self.settings)
        self.path = folder / "journal.db"
        self.settings_file = folder / "settings.toml"
        if cards:
            self.deck.write_text("# A deck\n" + "".join(cards))
        else:
            shutil.copytree(SAMPLE, self.decks, dirs_exist_ok=True)

    @property
    def deck(self):
        return self.decks / "deck.md"

    def translate(self, text=IN_KOREAN, language="ko"):
        """Puts a translation beside the deck: of those of its cards that the deck has."""
        head, *sections = text.split("\n## ")
        deck = self.deck.read_text()
        kept = [each for each in sections if re.search(r"\{(#[\w-]+)", each)[1] in deck]
        self.deck.with_name(f"deck.{language}.md").write_text("\n## ".join([head, *kept]))
        return self

    def desk(self, referee=None):
        """The desk, with a referee of straw in place of a process."""
        library = Library([self.decks], self.folder / "cache")
        desk = Desk(
            self.settings, library, self.journal(), self.scheduler, clock=self.clock, settings_file=self.settings_file
        )
        desk.witnesses = Witnesses(referee or StrawReferee())
        return desk

    def journal(self):
        return Journal.open(self.path, self.scheduler)

    def state(self, card):
        """Where a card stands, seen by another program."""
        with self.journal() as journal:
            return journal.state(card)

    def history(self, card):
        with self.journal() as journal:
            return journal.history(card)

    def problems(self):
        """What `doctor` finds wrong with the journal."""
        return list(examine(self.path, self.scheduler).problems)


def right_for(question):
    """The right response, None where the learner judges."""
    from studytui.deck.ask import right_response

    return right_response(question)


def mistaken(question, place=0, by=1):
    """What is typed into the parts of STEPPED by somebody who makes one mistake and goes on rightly from there."""
    givens = question.variant.givens
    padded = givens["input_size"] + 2 * givens["padding"] + by * (place == 0)
    room = padded - givens["kernel_size"] + by * (place == 1)
    answer = room // givens["stride"] + 1 + by * (place == 2)
    return str(padded), str(room), str(answer)


def slip_for(question):
    """What is typed by somebody who makes the question's first slip."""
    from studytui.deck.show import show_given

    return show_given(question.variant.slips[0].value)
