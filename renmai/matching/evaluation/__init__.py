"""How well the models predict logs of which they have not seen the end: protocols, figures with intervals, ``renmai evaluate``.

Pure: arrays and files in, figures out; nothing here knows a table. The modules that name a kind of evaluation (``groups``, ``items``,
``following``) are imported for the help of the command line, so they import numpy and what needs it only when they run.
"""
