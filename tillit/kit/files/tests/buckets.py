"""A server that speaks like S3, in this process."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.test import override_settings
from moto.server import ThreadedMotoServer

REGION = "eu-north-1"


@contextmanager
def a_bucket() -> Iterator[ThreadedMotoServer]:
    """The storage of files is a new bucket meanwhile."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    options = {
        "bucket_name": f"tillit-{uuid4().hex[:12]}",
        "location": "here/files",
        "endpoint_url": f"http://{host}:{port}",
        "region_name": REGION,
        "access_key": "key",
        "secret_key": "secret",
    }
    backend = "tillit.kit.files.buckets.Bucket"
    try:
        with override_settings(STORAGES=storages({"BACKEND": backend, "OPTIONS": options})):
            default_storage.connection.create_bucket(
                Bucket=options["bucket_name"],
                CreateBucketConfiguration={"LocationConstraint": REGION},
            )
            yield server
            default_storage.connection.meta.client.close()
    finally:
        server.stop()


def storages(default: dict) -> dict:
    return {**settings.STORAGES, "default": default}
