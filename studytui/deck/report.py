"""A check's report as text, as JSON, and as annotations for GitHub."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studytui.deck.model import Level

if TYPE_CHECKING:
    from studytui.deck.check import Report
    from studytui.deck.model import Finding


def as_text(report: Report) -> str:
    """One line a finding, `file:line: level code: message`, and a line that counts."""
    warnings = len(report.findings) - report.errors
    counts = (
        ", ".join([_count(report.errors, "error"), _count(warnings, "warning")]) if report.findings else "no findings"
    )
    done = f"{_count(report.cards, 'card')}, {_count(report.variants, 'variant')}: {counts}"
    return "\n".join([*map(str, report.findings), done])


def as_json(report: Report) -> str:
    """`{"cards": n, "variants": n, "findings": [{"file", "line", "card", "code", "level", "message"}]}`."""
    table = {
        "cards": report.cards,
        "variants": report.variants,
        "findings": [
            {
                "file": finding.file,
                "line": finding.line,
                "card": finding.card,
                "code": finding.code,
                "level": finding.level.value,
                "message": finding.message,
            }
            for finding in report.findings
        ],
    }
    return json.dumps(table, ensure_ascii=False, indent=2)


def as_github(report: Report) -> str:
    """Workflow commands, one a finding, which GitHub shows at the line; and the line that counts."""
    summary = as_text(report).rsplit("\n", 1)[-1]
    return "\n".join([*map(_annotation, report.findings), summary])


def _annotation(finding: Finding) -> str:
    level = "error" if finding.level is Level.ERROR else "warning"
    file, code = _property(finding.file), _property(finding.code)
    return f"::{level} file={file},line={max(finding.line, 1)},title={code}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
