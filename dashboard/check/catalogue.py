"""How every figure of the catalogue is counted anew."""

from dashboard.check import of_cases, of_hands, of_others, of_parties
from dashboard.check.recount import Recount

RECOUNTS: dict[str, Recount] = {
    **of_cases.RECOUNTS,
    **of_parties.RECOUNTS,
    **of_hands.RECOUNTS,
    **of_others.RECOUNTS,
}
