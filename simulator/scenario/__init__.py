"""Scenarios: a baseline plus named changes, resolved into frozen records."""
