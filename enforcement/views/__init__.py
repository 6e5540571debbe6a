"""Doors of the moderation desk, the penalty desk, appeals and the seller's side."""
