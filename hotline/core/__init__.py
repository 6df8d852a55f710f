"""What the product decides: the script, the understanding of danger, cases, alerts and who is told when.

What may enter: values and rules. What may not: I/O, clocks, chance, logs. Time is an argument.
"""
