"""The published evaluation protocols, run on simulated people, and what the reports say of money, recomputed."""
