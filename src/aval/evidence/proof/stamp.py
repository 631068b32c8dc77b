"""Time stamps (RFC 3161): somebody outside says by when a checkpoint was there. An option, through `rfc3161-client`; nothing is fetched.

What is stamped is the text of a checkpoint, without the lines below it, which may still grow.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates

from aval.evidence.codes import proofs as codes
from aval.evidence.proof.checkpoint import Checkpoint
from aval.evidence.proof.files import read_small, wrong
from aval.model.instant import Instant, from_datetime

MOST_BYTES = 64 * 1024
"""The largest time stamp, or file of certificates, that is read."""


def refuse_without() -> None:
    """Raise `Incorrect` where the library is not installed."""
    if find_spec("rfc3161_client") is None:
        hint = 'Install it: python -m pip install "aval[stamps]"'
        raise wrong(codes.NOT_STAMPED, "Time stamps need the library rfc3161-client, which is not installed.", "--ca", hint)


def request_of(checkpoint: Checkpoint) -> bytes:
    """Write the request for a time stamp, to be sent to an authority by whatever means."""
    refuse_without()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415  an option, and asked for here only

    text = checkpoint.note.text.encode()
    builder = TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=False).cert_request(cert_request=True)
    return bytes(builder.build().as_bytes())


def read_authorities(path: Path) -> list[Certificate]:
    """Read certificates of authorities, in PEM or DER. Raises `Incorrect`."""
    data = read_small(path, MOST_BYTES)
    try:
        return load_pem_x509_certificates(data) if b"-----BEGIN" in data else [load_der_x509_certificate(data)]
    except ValueError:
        raise wrong(codes.NOT_STAMPED, "It is no certificate.", path) from None


def stamped_at(token: bytes, checkpoint: Checkpoint, authorities: list[Certificate], where: Path | str) -> Instant:
    """Give the instant at which an authority says that a checkpoint was there. Raises `Incorrect` where the stamp does not hold."""
    refuse_without()
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response  # noqa: PLC0415  an option

    try:
        response = decode_timestamp_response(token)
        builder = VerifierBuilder()
        for one in authorities:
            builder = builder.add_root_certificate(one)
        builder.build().verify_message(response, checkpoint.note.text.encode())
        return from_datetime(response.tst_info.gen_time)
    except (VerificationError, ValueError, TypeError) as error:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise wrong(codes.NOT_STAMPED, f"It does not hold: {said}.", where) from None
