"""Whether a PostgreSQL answers at DATABASE_URL, or on this machine. Exit 1, with words, if none does."""

import os
import sys

import psycopg

URL = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")

try:
    psycopg.connect(URL, connect_timeout=3).close()
except psycopg.OperationalError as error:
    print(f"PostgreSQL was not tried: {str(error).strip().splitlines()[0]}")
    sys.exit(1)
