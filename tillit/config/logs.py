"""Structured logs on standard error: a readable line, or one JSON object a line."""

import logging.config

import structlog
from structlog.typing import EventDict, Processor

# They tell each request, or each look for work, at the level of what happens seldom.
TALKATIVE = ["django.server", "_granian", "django_tasks", "django_tasks_db"]

# A traceback tells where, never with which values: those may be personal data.
WITHOUT_VALUES = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)


def without_request(logger: object, name: str, event: EventDict) -> EventDict:
    """Django logs the whole address, with its query and keys; those may be personal data."""
    if event.pop("request", None) is not None:
        event["event"] = str(event["event"]).partition(":")[0]
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    without_request,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(*, as_json: bool, level: str) -> None:
    """Send every logger, Django's and ours, through one formatter.

    Raises ValueError (from logging) when the level has no such name.
    """
    last: list[Processor] = (
        [
            structlog.processors.ExceptionRenderer(WITHOUT_VALUES),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
        if as_json
        else [
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        *last,
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {name: {"level": "WARNING"} for name in TALKATIVE},
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
