"""Documents: the results as JSON, text and page, and where every figure comes from."""
