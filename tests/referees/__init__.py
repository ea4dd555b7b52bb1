"""Referees: theory and plain bookkeeping that know nothing of the rules they judge."""
