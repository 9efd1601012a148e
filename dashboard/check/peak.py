"""How much memory a check took."""

import sys


def peak_mb(processes: int) -> float | None:
    """Return the peak of this process and, as if all were as large, of `processes` it started.

    None where the system does not tell.
    """
    if sys.platform == "win32":
        return None
    import resource

    own, largest = (
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    peak = own + (processes * largest if processes > 1 else 0)
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
