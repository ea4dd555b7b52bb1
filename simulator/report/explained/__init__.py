"""What ``explain`` says of any input of a scheme and of any result: value, path of computation, sources, what moves.

``names`` finds out what a name means, ``inputs`` and ``results`` explain it, ``sums`` takes pounds apart down to lines that
add up as printed, and ``words`` writes it down for a terminal.
"""
