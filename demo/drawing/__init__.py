"""Photographs of goods that do not exist, drawn from a seed: the same seed draws the same picture."""

from demo.drawing.photos import Photo, crop_of, jpeg_of, photograph, recompressed

__all__ = ["Photo", "crop_of", "jpeg_of", "photograph", "recompressed"]
