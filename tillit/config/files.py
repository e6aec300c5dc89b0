"""Where uploaded files lie: `TILLIT_FILES` is a folder, or s3://bucket/prefix with a key to it."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from tillit.config import env

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
PREFIX = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/?)*", re.ASCII)


def is_bucket(name: str) -> bool:
    return env.text(name, "").strip().lower().startswith("s3:")


def storage(name: str) -> dict[str, Any]:
    """For Django's STORAGES. A folder is the one in MEDIA_ROOT."""
    if not is_bucket(name):
        return {"BACKEND": "tillit.kit.files.folders.Folder"}
    bucket, prefix = bucket_of(name)
    url = env.text("TILLIT_S3_URL", "").strip()
    key = env.text("TILLIT_S3_KEY", "").strip()
    options = {
        "bucket_name": bucket,
        "location": prefix,
        "endpoint_url": env.address("TILLIT_S3_URL", url) if url else None,
        "region_name": env.text("TILLIT_S3_REGION", "").strip() or None,
        "access_key": key or None,
        "secret_key": secret("TILLIT_S3_SECRET"),
    }
    if bool(options["access_key"]) != bool(options["secret_key"]):
        raise ImproperlyConfigured("Set both TILLIT_S3_KEY and TILLIT_S3_SECRET, or neither.")
    return {"BACKEND": "tillit.kit.files.buckets.Bucket", "OPTIONS": options}


def bucket_of(name: str) -> tuple[str, str]:
    """The bucket, and below what in it."""
    parts = urlsplit(env.text(name).strip())
    prefix = parts.path.strip("/")
    if not BUCKET.fullmatch(parts.netloc) or not PREFIX.fullmatch(prefix):
        raise ImproperlyConfigured(
            f"{name} can't be read: write s3://bucket/prefix, the bucket in small letters."
        )
    return parts.netloc, prefix


def folder(name: str, default: Path) -> Path:
    """The folder for files; where they lie in a bucket, the one that is not used."""
    return default if is_bucket(name) else env.folder(name, default)


def secret(name: str) -> str | None:
    """The variable, or what the file says that NAME_FILE points at; nothing if neither is set."""
    if path := env.text(f"{name}_FILE", "").strip():
        return env.secret(name, kept_in=Path(path))
    return env.text(name, "").strip() or None
