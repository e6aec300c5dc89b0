"""Searching for machines: what the caller may read, by kind, the best first."""

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from tillit.kit.access import viewer_of
from tillit.kit.api import KEY, MOST, PROBLEMS, asked_on
from tillit.kit.days import today
from tillit.kit.lists import PAGE
from tillit.kit.search.asking import read
from tillit.kit.search.correcting import find_or_correct
from tillit.kit.search.documents import searchables
from tillit.kit.search.finding import CAP, Found, Hit, Reader
from tillit.kit.search.snippets import Parts
from tillit.site.paging import next_address, place_of

router = Router(tags=["search"])


class SearchAsked(Schema):
    q: str = Field(
        "", max_length=10_000, description="words; in quotation marks they follow each other"
    )
    on: str = Field("", max_length=40, description="only what there was on the day; else all")
    kind: str = Field("", max_length=40, pattern=KEY, description="of one kind only")
    after: str = Field("", max_length=6, description="where the page before ended: see `next`")
    limit: int = Field(PAGE, ge=1, le=MOST)


class PartOut(Schema):
    text: str
    marked: bool = Field(description="whether it was asked for")


class HitOut(Schema):
    """Something that was found."""

    kind: str
    key: str
    title: str
    url: str
    lines: list[list[PartOut]] = Field(description="what is told of it, where it was found")


class FoundOut(Schema):
    items: list[HitOut]
    count: int = Field(description=f"how many were found, of each kind at most {CAP}")
    more: bool = Field(description="whether there are more than are counted")
    corrected: str = Field(description="the words that were looked for instead, if any")
    left_out: list[str] = Field(
        description="nothing has all the words: those that the items don't have"
    )
    next: str | None


@router.get("/search", response=FoundOut, summary="Everything, by words", openapi_extra=PROBLEMS)
def search(request: HttpRequest, query: Query[SearchAsked]) -> FoundOut:
    day = asked_on(query.on) if query.on else None
    reader = Reader(viewer_of(request), today(), day)
    nouns = [it.noun for it in searchables() if it.noun == query.kind]
    if query.kind and not nouns:
        found = Found(read(query.q), (), reader)
    else:
        found = find_or_correct(read(query.q), reader, nouns)
    ranked = [it for group in found.groups for it in group.ranked]
    first = place_of(query.after, len(ranked))
    last = first + query.limit
    return FoundOut(
        items=[hit_out(it) for it in found.hits(ranked[first:last])],
        count=len(ranked),
        more=found.is_more,
        corrected=found.corrected,
        left_out=[" ".join(it.words) for it in found.left_out],
        next=next_address(request, last) if last < len(ranked) else None,
    )


def hit_out(hit: Hit) -> HitOut:
    kind, _colon, key = hit.entry.subject.partition(":")
    lines = [parts_out(line) for line in hit.lines]
    return HitOut(kind=kind, key=key, title=hit.entry.title, url=hit.url, lines=lines)


def parts_out(parts: Parts) -> list[PartOut]:
    return [PartOut(text=it.text, marked=it.marked) for it in parts]
