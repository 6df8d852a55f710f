"""Whatever people, carriers and editors send or write, by chance: nothing breaks but in the way that is declared.

`python -m tests.fuzz --help`: longer runs, steered by what the code has already done. The tests here are small ones.
"""
