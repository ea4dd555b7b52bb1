"""The rules of one life, as small compiled functions on plain numbers."""
