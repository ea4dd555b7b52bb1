"""Activity times unit costs: what each arm costs, line by line, every price with its source."""
