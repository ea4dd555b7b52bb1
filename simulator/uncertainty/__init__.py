"""Draws over what is uncertain: chances, which inputs matter, and what finding out is worth."""
