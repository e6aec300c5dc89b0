"""The storage as a bucket of S3, or of whatever speaks like it.

Imported by Django only where the settings name it: boto3 takes tens of megabytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

NOT_THERE = {"404", "NoSuchKey"}
IN_MEMORY = 1_000_000  # bytes of a file; the rest goes through a temporary file


class BucketError(OSError):
    """The bucket didn't do what was asked of it."""


@contextmanager
def asked() -> Iterator[None]:
    """Have what boto3 raises raised as OSError, which any storage may raise."""
    try:
        yield
    except (BotoCoreError, Boto3Error) as error:
        raise BucketError(type(error).__name__) from error
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        raise (FileNotFoundError if code in NOT_THERE else BucketError)(code) from error


class Bucket(S3Storage):  # type: ignore[misc]
    """Waits for seconds, not minutes; asks for no more than what every S3 can."""

    def __init__(self, **options: Any) -> None:
        style = "path" if options.get("endpoint_url") else "auto"
        config = Config(
            connect_timeout=4,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 2},
            signature_version="s3v4",
            s3={"addressing_style": style},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        ours = {
            "client_config": config,
            "transfer_config": TransferConfig(use_threads=False),
            "max_memory_size": IN_MEMORY,
            "default_acl": None,
            "file_overwrite": True,
        }
        super().__init__(**{**ours, **options})

    @property
    def place(self) -> str:
        """Where it is, for who keeps the installation running."""
        return "/".join(filter(None, [f"s3://{self.bucket_name}", self.location]))

    def probe(self) -> None:
        """Raises OSError when it can't be reached."""
        with asked():
            self.connection.meta.client.list_objects(Bucket=self.bucket_name, MaxKeys=1)

    def _open(self, name: str, mode: str = "rb") -> Any:
        """The whole of it is fetched at once, so that no answer breaks off in its midst."""
        with asked():
            file = super()._open(name, mode)
            _fetched = file.file
        return file

    def _save(self, name: str, content: Any) -> Any:
        with asked():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with asked():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with asked():
            return bool(super().exists(name))

    def listdir(self, name: str) -> Any:
        with asked():
            return super().listdir(name)

    def get_modified_time(self, name: str) -> Any:
        with asked():
            return super().get_modified_time(name)
