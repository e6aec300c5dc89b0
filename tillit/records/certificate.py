"""The installation's own key and certificate, by which it seals. Made when they are first needed.

Both lie in one file of the data folder, which only the installation's own user may read.
"""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import keys, x509
from cryptography import x509 as made
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

NAME = "Tillit"
YEARS = 30
BITS = 3072
PRIVATE = 0o600


def place() -> Path:
    return Path(settings.DATA) / "seal" / "seal.pem"


def content() -> bytes:
    """Key and certificate. Of several processes that make them at once, the first one's are kept."""
    path = place()
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mine = path.with_name(f".{secrets.token_hex(8)}.pem")
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as file:
            file.write(make(datetime.now(UTC)))
        try:
            os.link(mine, path)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_bytes()


def make(now: datetime) -> bytes:
    """A new key, and a certificate that it signs itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    name = made.Name([made.NameAttribute(NameOID.COMMON_NAME, NAME)])
    usage = made.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        made.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(made.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def parts(text: bytes) -> tuple[bytes, bytes]:
    """The key, and the certificate."""
    begin = text.index(b"-----BEGIN CERTIFICATE-----")
    return text[:begin], text[begin:]


def pem() -> str:
    """The certificate, which is no secret."""
    return parts(content())[1].decode()


def read(text: str) -> x509.Certificate:
    return next(iter(load_certs_from_pemder_data(text.encode())))


def signer() -> SimpleSigner:
    private, certificate = parts(content())
    key: keys.PrivateKeyInfo = load_private_key_from_pemder_data(private, passphrase=None)
    return SimpleSigner(
        signing_cert=read(certificate.decode()),
        signing_key=key,
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
