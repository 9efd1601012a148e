"""How hard the demo's cases are, how risky, and how much of their time limit they use."""

from dashboard.demo.chance import Draw
from dashboard.terms import CaseKind, Level

LEVELS: dict[CaseKind, Draw[Level]] = {
    CaseKind.DISPUTE: Draw({Level.SIMPLE: 28, Level.GENERAL: 26, Level.LARGER: 35,
                            Level.COMPLEX: 9, Level.MAJOR: 2}),
    CaseKind.APPEAL: Draw({Level.SIMPLE: 70, Level.GENERAL: 25, Level.LARGER: 5}),
    CaseKind.COMPONENT: Draw({Level.SIMPLE: 50, Level.GENERAL: 50}),
    CaseKind.HAZARD: Draw({Level.GENERAL: 70, Level.LARGER: 28, Level.COMPLEX: 2}),
    CaseKind.PETITION: Draw({Level.GENERAL: 25, Level.LARGER: 50, Level.COMPLEX: 21,
                             Level.MAJOR: 4}),
}  # fmt: skip

RISKS = {
    Level.GENERAL: Draw({"low": 85, "medium": 15}),
    Level.LARGER: Draw({"low": 45, "medium": 50, "high": 5}),
    Level.COMPLEX: Draw({"medium": 70, "high": 30}),
    Level.MAJOR: Draw({"medium": 15, "high": 85}),
}

USED = {
    Level.GENERAL: (2.1, 1.7),
    Level.LARGER: (3.0, 1.7),
    Level.COMPLEX: (3.2, 1.6),
    Level.MAJOR: (3.2, 1.6),
}
"""Parameters of the beta distribution of the share of its time limit that a case in time uses."""
