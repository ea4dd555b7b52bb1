"""The figures of sweeps as SVG and PNG, drawn from their documents alone: nothing is computed again here."""
