"""The commands of ``renmai``, one module each; a new file here is a new command.

A module has ``HELP`` (one sentence), ``EXAMPLE`` (a line to copy), ``arguments(parser)`` and ``run(options) -> int`` (the exit
status). ``create_staff.py`` is called ``create-staff``; ``import_.py``, whose name is a word of Python, is called ``import``.
Optional: ``HIDDEN = True`` leaves it out of ``--help``; ``prepare(options)`` runs before the settings are read. Modules are
imported before Django is ready, so whatever needs models is imported inside ``run``.
"""
