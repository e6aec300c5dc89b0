"""Where an entry is to be found that was merged with another."""

from collections.abc import Collection

from tillit.duplicates.models import Merge

MOST = 20  # merges after each other that are followed


def moved(subjects: Collection[str]) -> dict[str, str]:
    """What the subjects that were merged are now, by what they were. In as many questions as steps."""
    now = {it: it for it in subjects}
    for _step in range(MOST):
        rows = Merge.objects.standing().filter(gone__in=set(now.values())).order_by("done_at")
        led = dict(rows.values_list("gone", "kept"))
        if not led:
            break
        now = {was: led.get(it, it) for was, it in now.items()}
    return {was: it for was, it in now.items() if it != was}


def been(subject: str) -> set[str]:
    """All that the subject was before it became one with others."""
    found: set[str] = set()
    asked = {subject}
    while asked:
        rows = Merge.objects.standing().filter(kept__in=asked)
        asked = {it.gone for it in rows} - found
        found |= asked
    return found
