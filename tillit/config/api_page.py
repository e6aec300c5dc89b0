"""The API told for people: what can be asked, with what, and an answer to look at."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.config.api import api
from tillit.kit.access import anyone, open_to

# An address for each operation that has an answer in the example of Skåne.
EXAMPLES = {
    "/api/v1/organisations": "?member_of=natverket&on=2012-12-31",
    "/api/v1/memberships": "?umbrella=natverket&on=2012-12-31",
    "/api/v1/places": "?parent=12",
}


@dataclass(frozen=True)
class Asked:
    """One parameter: its name, what it means, and its bounds in words."""

    name: str
    description: str
    bounds: str


@dataclass(frozen=True)
class Operation:
    """One thing to ask, as the OpenAPI document tells it."""

    path: str
    summary: str
    asked: list[Asked]
    example: str


@open_to(anyone)
def api_page(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    operations = [
        operation_of(path, told)
        for path, methods in schema["paths"].items()
        for told in methods.values()
    ]
    return render(
        request, "site/api.html", {"operations": operations, "version": schema["openapi"]}
    )


def operation_of(path: str, told: dict[str, Any]) -> Operation:
    asked = [asked_of(parameter) for parameter in told.get("parameters", [])]
    return Operation(
        path, told["summary"], asked, path + EXAMPLES[path] if path in EXAMPLES else ""
    )


def asked_of(parameter: dict[str, Any]) -> Asked:
    schema = parameter.get("schema", {})
    bounds = " – ".join(str(schema[name]) for name in ("minimum", "maximum") if name in schema)
    return Asked(
        parameter["name"], schema.get("description", parameter.get("description", "")), bounds
    )
