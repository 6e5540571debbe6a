"""The verifier's Ed25519 on the vectors of RFC 8032, section 7.1, and against forgeries."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import verify_bundle
from verify_bundle import ORDER, is_signed

VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032_verify(secret, public, message, signature):
    key, message, signature = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    own = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))

    assert (own.public_key().public_bytes_raw(), own.sign(message)) == (key, signature)
    assert is_signed(key, message, signature)


@pytest.mark.parametrize("place", range(0, 64, 7))
def test_a_flipped_bit_of_signature_key_or_message_does_not_verify(place):
    _secret, public, message, signature = (bytes.fromhex(text) for text in VECTORS[2])
    flipped = bytearray(signature)
    flipped[place] ^= 1
    assert not is_signed(public, message, bytes(flipped))
    other = bytearray(public)
    other[place % 32] ^= 1
    assert not is_signed(bytes(other), message, signature)
    assert not is_signed(public, message + b"\0", signature)


def test_a_signature_whose_number_is_not_reduced_does_not_verify():
    _secret, public, message, signature = (bytes.fromhex(text) for text in VECTORS[1])
    larger = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed(public, message, signature[:32] + larger.to_bytes(32, "little"))


@pytest.mark.parametrize(
    ("key", "signature"), [(b"", b""), (b"\xff" * 32, b"\0" * 64), (b"\1" * 31, b"\1" * 64)]
)
def test_what_is_no_key_does_not_verify(key, signature):
    assert not is_signed(key, b"", signature)


def test_the_verifier_imports_the_standard_library_alone():
    source = Path(verify_bundle.__file__).read_text()
    imported = {
        line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= {"hashlib", "json", "sys", "zipfile", "zlib", "collections", "typing"}
