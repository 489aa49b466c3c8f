"""What chance does, and what it does not: the mathematics of experiments, without a table and without a clock.

Every interval here is always valid: it may be looked at after every single person, and the chance that it ever leaves the truth out is at
most ``alpha``. ``docs/experiments.md`` says where each formula comes from and what was measured of it.

These modules need numpy; whoever serves pages imports them late.
"""
