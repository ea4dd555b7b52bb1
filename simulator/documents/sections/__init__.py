"""What the documents say, a module for each question of the reader. Sections are made of answers and compute nothing."""
