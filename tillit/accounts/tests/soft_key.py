"""A passkey made of software, and the browser that it answers through."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "localhost"
FLAG = AuthenticatorData.FLAG


def browser() -> Client:
    """One that calls us by a name that passkeys may be for."""
    return Client(headers={"host": HOST})


class SoftKey:
    def __init__(self) -> None:
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.user = b""
        self.verified = True
        self.origin = f"http://{HOST}"

    def create(self, options: dict[str, Any]) -> str:
        """What a browser answers when it is asked to make a passkey."""
        asked = options["publicKey"]
        self.user = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.secret.public_key())
        data = AuthenticatorData.create(
            self.rp_hash(asked["rp"]["id"]),
            self.flags | FLAG.AT,
            0,
            AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public),
        )
        return self.answer(
            clientDataJSON=self.client_data("webauthn.create", asked["challenge"]),
            attestationObject=AttestationObject.create("none", data, {}),
        )

    def get(self, options: dict[str, Any]) -> str:
        """What it answers when it is asked to use one."""
        asked = options["publicKey"]
        data = AuthenticatorData.create(self.rp_hash(asked["rpId"]), self.flags, 1)
        client = self.client_data("webauthn.get", asked["challenge"])
        signature = self.secret.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self.answer(
            clientDataJSON=client,
            authenticatorData=data,
            signature=signature,
            userHandle=self.user,
        )

    @property
    def flags(self) -> Any:
        return FLAG.UP | FLAG.UV if self.verified else FLAG.UP

    def rp_hash(self, rp: str) -> bytes:
        return hashlib.sha256(rp.encode()).digest()

    def client_data(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, self.origin)

    def answer(self, **parts: bytes) -> str:
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": {name: websafe_encode(part) for name, part in parts.items()},
            }
        )
