"""Prints of a text: near-copies have one of them in common, whatever is written before, after or in between.

MinHash over shingles of letters and digits, in bands (Broder 1997; Leskovec, Rajaraman, Ullman, ch. 3): of two texts
of which nine tenths of the shingles are the same 99 % share a print, of two that share half 17 %.
"""

import hashlib
import re
import unicodedata

import numpy as np

SHINGLE = 8  # letters
MIN_LETTERS = 120  # shorter texts are alike by chance
BANDS = 6
ROWS = 5  # hashes of a band
_dice = np.random.default_rng(20260301)
_FACTORS = _dice.integers(1, 2**63, (BANDS * ROWS, 1), dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _dice.integers(0, 2**63, (BANDS * ROWS, 1), dtype=np.uint64)
_BASE = np.uint64(1_099_511_628_211)


def prints_of(text: str) -> list[int]:
    """Six signed numbers of 64 bits; none of a text too short to be told apart."""
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
    if len(letters) < MIN_LETTERS:
        return []
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    shingles = np.zeros(len(codes) - SHINGLE + 1, np.uint64)
    for place in range(SHINGLE):
        shingles = shingles * _BASE + codes[place : place + len(shingles)]
    mixed = shingles[None, :] * _FACTORS + _OFFSETS
    smallest = (mixed ^ (mixed >> np.uint64(29))).min(axis=1).reshape(BANDS, ROWS)
    return [
        int.from_bytes(hashlib.blake2b(bytes([band]) + row.tobytes(), digest_size=8).digest(), signed=True)
        for band, row in enumerate(smallest)
    ]
