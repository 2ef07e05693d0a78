"""The exceptions of TrialGraph: few, with their data inside and the message in ``__str__``."""

from __future__ import annotations


class TrialGraphError(Exception):
    """Anything the user can mend; shown as one line by the commands."""

    exit_code = 1


class UnreadablePaper(TrialGraphError):
    """A paper that cannot be read: which file, what is wrong, what to do."""

    def __init__(self, source: str, problem: str, remedy: str) -> None:
        super().__init__(source, problem, remedy)
        self.source = source
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}; {self.remedy}"


class WrongCall(TrialGraphError):
    """A command called with something it cannot take."""

    exit_code = 2
