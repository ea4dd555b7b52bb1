"""The documents of a comparison: page, workbook, business case, table of figures, assurance pack.

``answers`` names the answers that they are made of; ``contents`` is what a document says, whatever file it becomes;
``sections`` says it; ``page`` and ``word`` write it down; ``register`` lists every number in it; ``bundle`` carries the
inputs along and ``verification`` makes a number again from them.
"""
