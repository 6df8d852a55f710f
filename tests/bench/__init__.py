"""Measured against a bare view on the same machine, in the same run: `python -m tests.bench`, or `make bench`.

`bare` is what it is measured against, `people` what they text and say, `load` how it is sent, `ground` what runs,
`sections` what is measured. A bare time says little of another machine; a ratio says more.
"""
