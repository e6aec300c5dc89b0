"""Keeping the index as the rows are: in the transaction that writes them, or all of it anew."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from tillit.kit.locks import each_at_a_time
from tillit.kit.search.documents import Searchable, searchables
from tillit.kit.search.models import Entry

MANY = 500  # subjects that are brought up at a time


def follow(rows: Iterable[Any]) -> int:
    """Bring up what is found of rows that were written or removed. How many entries it changed.

    Within the transaction that wrote them, when all is written.
    """
    written, changed = list(rows), 0
    for it in searchables() if written else ():
        changed += bring_up(it, set(it.follows(written)))
    return changed


def follow_subjects(subjects: Iterable[str]) -> int:
    """Bring up what is found of these subjects; of those that nobody knows, nothing is."""
    keys: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        noun, _colon, key = subject.partition(":")
        keys[noun].add(key)
    changed = sum(bring_up(it, keys.pop(it.noun, ())) for it in searchables())
    unknown = [f"{noun}:{key}" for noun, them in keys.items() for key in them]
    return changed + Entry.objects.filter(subject__in=unknown).delete()[0] if unknown else changed


def bring_up(searchable: Searchable, keys: Iterable[str]) -> int:
    """Write the entries of these keys that say something else than the rows do; how many."""
    return sum(_bring_up(searchable, part) for part in parts(sorted(keys)))


def _bring_up(searchable: Searchable, keys: Collection[str]) -> int:
    subjects = [f"{searchable.noun}:{key}" for key in keys]
    with transaction.atomic():
        each_at_a_time("search", subjects)
        stored = {it.kept: it.pk for it in Entry.objects.filter(subject__in=subjects)}
        with override(settings.LANGUAGE_CODE):
            wanted = {it.kept: it for it in map(Entry.of, searchable.documents(keys))}
        gone = [pk for kept, pk in stored.items() if kept not in wanted]
        new = [it for kept, it in wanted.items() if kept not in stored]
        Entry.objects.filter(pk__in=gone).delete()
        Entry.objects.bulk_create(new)
    return max(len(gone), len(new))


def reindex() -> Iterator[tuple[Searchable, int]]:
    """Make the whole index as the rows are, a part at a time, so that people go on working.

    Gives each kind and how many of its entries were wrong.
    """
    for it in searchables():
        yield it, bring_up(it, it.keys()) + remove_left(it)
    nouns = [it.noun for it in searchables()]
    Entry.objects.exclude(noun__in=nouns).delete()


def index_all() -> int:
    """Make the whole index, for who has written past it; how many entries were wrong."""
    return sum(wrong for _searchable, wrong in reindex())


def remove_left(searchable: Searchable) -> int:
    """Remove the entries of rows that are no more."""
    first, after = f"{searchable.noun}:", f"{searchable.noun};"  # the character that follows
    rows = Entry.objects.filter(subject__gte=first, subject__lt=after).order_by()
    there = {it.partition(":")[2] for it in rows.values_list("subject", flat=True).iterator()}
    return bring_up(searchable, there - set(searchable.keys()))


def parts(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while part := list(islice(rest, MANY)):
        yield part
