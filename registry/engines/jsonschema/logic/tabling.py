"""Questions that ask each other, in circles too, answered once each on a stack of their own instead of the interpreter's."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar, cast

Question = TypeVar("Question")
Answer = TypeVar("Answer")
Steps: TypeAlias = Generator[Question, Answer, Answer]


@dataclass(slots=True)
class _Level(Generic[Question, Answer]):
    """A question under way: `lowest` is the lowest level whose hypothesis its answer rests on, `mark` the trail when it began."""

    question: Question | None
    steps: Generator[Question, Answer, Answer]
    lowest: int
    mark: int


class Table(Generic[Question, Answer]):
    """Answers by question. A question met again below itself is answered by the hypothesis, which its own answer must bear out.

    An answer that rests on the hypothesis of a question still open is kept until that one is answered: for good when the hypothesis
    holds, else it is forgotten (tabling with completion by strongly connected components; Tarjan 1972, Chen and Warren 1996). So
    the cost is linear in the questions as long as hypotheses hold. Any other answer than the hypothesis must be right even if it
    rests on hypotheses that fail. The steps of a question yield the questions that it needs and return its answer.
    """

    def __init__(self, steps: Callable[[Question], Generator[Question, Answer, Answer]], hypothesis: Answer) -> None:
        self._steps = steps
        self._hypothesis = hypothesis
        self._answers: dict[Question, Answer] = {}
        self._resting: dict[Question, int] = {}
        self._trail: list[Question] = []

    def answer(self, question: Question) -> Answer:
        """The answer to one question. Passes on what its steps raise; nothing unfinished is remembered then."""
        known = self._answers.get(question)
        return known if known is not None else self._run(question, self._steps(question))

    def run(self, steps: Generator[Question, Answer, Answer]) -> Answer:
        """The answer of steps that are nobody's question."""
        return self._run(None, steps)

    def _run(self, first: Question | None, steps: Generator[Question, Answer, Answer]) -> Answer:
        stack: list[_Level[Question, Answer]] = [_Level(first, steps, 0, 0)]
        levels: dict[Question, int] = {} if first is None else {first: 0}
        # A generator that has not begun takes nothing but None.
        sent: Answer = cast("Answer", None)
        try:
            while True:
                level = stack[-1]
                try:
                    question = level.steps.send(sent)
                except StopIteration as end:
                    sent = cast("Answer", end.value)
                    self._finished(stack, levels, sent)
                    if not stack:
                        return sent
                    continue
                known = self._remembered(question, level, levels)
                if known is not None:
                    sent = known
                    continue
                levels[question] = len(stack)
                stack.append(_Level(question, self._steps(question), len(stack), len(self._trail)))
                sent = cast("Answer", None)
        finally:
            self._resting.clear()
            self._trail.clear()

    def _remembered(self, question: Question, level: _Level[Question, Answer], levels: dict[Question, int]) -> Answer | None:
        known = self._answers.get(question)
        if known is not None:
            return known
        lowest = levels.get(question)
        if lowest is None:
            lowest = self._resting.get(question)
        if lowest is None:
            return None
        level.lowest = min(level.lowest, lowest)
        return self._hypothesis

    def _finished(self, stack: list[_Level[Question, Answer]], levels: dict[Question, int], answer: Answer) -> None:
        """Take the answer of the topmost question off the stack and settle, or forget, what rests on its hypothesis."""
        level = stack.pop()
        index = len(stack)
        if level.question is not None:
            del levels[level.question]
        if answer is not self._hypothesis:
            for question in self._trail[level.mark :]:
                del self._resting[question]
            del self._trail[level.mark :]
            if level.question is not None:
                self._answers[level.question] = answer
            return
        if level.lowest < index:
            stack[-1].lowest = min(stack[-1].lowest, level.lowest)
            if level.question is not None:
                self._resting[level.question] = level.lowest
                self._trail.append(level.question)
            return
        for question in self._trail[level.mark :]:
            del self._resting[question]
            self._answers[question] = self._hypothesis
        del self._trail[level.mark :]
        if level.question is not None:
            self._answers[level.question] = answer
