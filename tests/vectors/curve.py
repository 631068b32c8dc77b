"""Ed25519 in whole numbers, slowly and by no library: RFC 8032's curve, to make signatures that no library makes, and to judge them."""

from __future__ import annotations

import hashlib

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, PRIME) % PRIME
_ROOT = pow(2, (PRIME - 1) // 4, PRIME)

Point = tuple[int, int]
_Extended = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1)


def add(one: Point, other: Point) -> Point:
    """Add two points."""
    x1, y1 = one
    x2, y2 = other
    mixed = _D * x1 * x2 * y1 * y2 % PRIME
    x = (x1 * y2 + x2 * y1) * pow(1 + mixed, -1, PRIME) % PRIME
    y = (y1 * y2 + x1 * x2) * pow(1 - mixed, -1, PRIME) % PRIME
    return x, y


def times(number: int, point: Point) -> Point:
    """Add a point to itself so many times; with the denominators kept apart until the end, since they are dear."""
    found, doubled = (0, 1, 1, 0), (*point, 1, point[0] * point[1] % PRIME)
    while number:
        if number & 1:
            found = _sum(found, doubled)
        doubled = _sum(doubled, doubled)
        number >>= 1
    x, y, z, _ = found
    below = pow(z, -1, PRIME)
    return x * below % PRIME, y * below % PRIME


def _sum(one: _Extended, other: _Extended) -> _Extended:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a, b = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2)
    c, d = 2 * _D * t1 * t2, 2 * z1 * z2
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def encoded(point: Point) -> bytes:
    """Write a point in its canonical encoding."""
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def decoded(data: bytes, *, lenient: bool = False) -> Point | None:
    """Read a point; `None` where there is none, or where it is not canonical, unless that is let pass."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= PRIME and not lenient:
        return None
    y %= PRIME
    square = (y * y - 1) * pow(_D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if x * x % PRIME != square:
        x = x * _ROOT % PRIME
    if x * x % PRIME != square or (x == 0 and sign and not lenient):
        return None
    return (PRIME - x if x & 1 != sign else x) % PRIME, y


BASE = decoded(bytes([0x58]) + bytes([0x66]) * 31) or NEUTRAL


def is_sound(data: bytes) -> bool:
    """Whether it is the canonical encoding of a point of the group of prime order, other than its neutral element."""
    point = decoded(data)
    return point is not None and point != NEUTRAL and times(ORDER, point) == NEUTRAL


def small_order() -> list[Point]:
    """Give the eight points whose order divides eight."""
    y = 2
    while True:
        point = decoded(y.to_bytes(32, "little"))
        eighth = times(ORDER, point) if point else NEUTRAL
        if times(4, eighth) != NEUTRAL:
            return [times(number, eighth) for number in range(8)]
        y += 1


def scalar(seed: bytes) -> int:
    """Give the secret number of a private key."""
    data = bytearray(hashlib.sha512(seed).digest()[:32])
    data[0] &= 248
    data[31] = data[31] & 127 | 64
    return int.from_bytes(data, "little")


def challenge(nonce: bytes, key: bytes, message: bytes) -> int:
    """Give the number that ties a signature to its message."""
    return int.from_bytes(hashlib.sha512(nonce + key + message).digest(), "little") % ORDER


def sign(seed: bytes, message: bytes, *, key: Point = NEUTRAL, nonce: Point = NEUTRAL) -> tuple[bytes, bytes]:
    """Sign, and add points of small order to the key and the nonce, as no library does; give the key and the signature."""
    secret, hidden = scalar(seed), int.from_bytes(hashlib.sha512(b"nonce" + seed).digest(), "little") % ORDER
    public = encoded(add(times(secret, BASE), key))
    first = encoded(add(times(hidden, BASE), nonce))
    second = (hidden + challenge(first, public, message) * secret) % ORDER
    return public, first + second.to_bytes(32, "little")


def holds(key: bytes, signature: bytes, message: bytes) -> bool:
    """Judge a signature by the one rule (decision 26)."""
    if len(signature) != 64 or not is_sound(key) or not is_sound(signature[:32]):
        return False
    number = int.from_bytes(signature[32:], "little")
    public = decoded(key) or NEUTRAL
    right = add(decoded(signature[:32]) or NEUTRAL, times(challenge(signature[:32], key, message), public))
    return number < ORDER and times(number, BASE) == right
