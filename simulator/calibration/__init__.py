"""Free rates moved until modelled figures meet reported ones, with the misses shown."""
