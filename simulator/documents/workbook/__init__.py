"""``workbook.xlsx``: a comparison with live formulas.

``sums`` is the arithmetic in Python; ``sheets`` says what a sheet is; each sheet has its own builder, whose cells carry a
formula and the program's value of it; ``file`` writes them down.
"""
