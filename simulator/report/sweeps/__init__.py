"""What sweeps say: for each kind a JSON document, and the words of it for the terminal."""
