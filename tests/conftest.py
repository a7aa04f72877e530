"""Makes `support` importable for every layer of the tests, and prints what tests measured at the end of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tables of what tests have recorded, from all processes together."""
    from support.summary import sections

    recorded = [
        (name, value)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
    ]
    for title, lines in sections(recorded):
        terminalreporter.section(title)
        for line in lines:
            terminalreporter.write_line(line)
