"""Makes `support` importable for every layer of the tests, keeps the clock out of properties, and prints what tests
measured at the end of the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    import pytest

# How long an example takes, to draw or to run, says as much of the machine and its other work as of the program.
settings.register_profile("any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


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
