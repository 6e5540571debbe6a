import io

import numpy as np
import pdqhash
import pytest
from PIL import Image, ImageOps

from bench.attacks import draw, jpeg
from screening.images.pdq import TRANSFORMS, dihedral, pdq, pdq_of

SIZES = [(480, 360), (800, 600), (601, 797), (1280, 960), (2000, 333), (130, 90), (64, 64)]


def bits_apart(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def judged_by_pdqhash(data: bytes) -> tuple[bytes, int]:
    bits, quality = pdqhash.compute(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
    return np.packbits(bits.astype(np.uint8)).tobytes(), quality


@pytest.mark.parametrize("size", SIZES)
def test_on_full_luma_it_is_pdqhash_to_the_bit(size):
    pixels = np.asarray(draw(7, *size))
    luma = pixels @ np.array([0.299, 0.587, 0.114])

    bits, quality = pdq(luma)

    theirs, their_quality = pdqhash.compute(pixels)
    assert bits_apart(bits, np.packbits(theirs.astype(np.uint8)).tobytes()) <= 2
    assert quality == their_quality


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_from_a_reduced_decode_it_stays_within_a_few_bits(size, seed):
    data = jpeg(draw(seed, *size))

    hashed = pdq_of(data)

    theirs, quality = judged_by_pdqhash(data)
    assert bits_apart(hashed.hash, theirs) <= 14
    assert abs(hashed.quality - quality) <= 3
    assert (hashed.width, hashed.height) == size


@pytest.mark.parametrize("turn", range(8))
def test_the_hash_of_a_turned_picture_is_among_the_eight(turn):
    upright = draw(4)
    made = {
        "as is": upright,
        "mirrored": ImageOps.mirror(upright),
        "upside down": ImageOps.flip(upright),
        "half turn": upright.rotate(180),
        "transposed": upright.transpose(Image.Transpose.TRANSPOSE),
        "right turn": upright.transpose(Image.Transpose.ROTATE_270),
        "left turn": upright.transpose(Image.Transpose.ROTATE_90),
        "transverse": upright.transpose(Image.Transpose.TRANSVERSE),
    }[TRANSFORMS[turn]]

    turned = pdq_of(jpeg(made, 95)).hash

    assert bits_apart(dihedral(pdq_of(jpeg(upright, 95)).hash)[turn], turned) <= 24


def test_eight_turns_are_eight_hashes_and_the_first_is_the_hash_itself():
    own = pdq_of(jpeg(draw(5))).hash

    assert dihedral(own)[0] == own
    assert len(set(dihedral(own))) == 8


def test_a_flat_picture_has_no_quality():
    assert pdq_of(jpeg(Image.new("RGB", (300, 300), (240, 240, 240)))).quality == 0
