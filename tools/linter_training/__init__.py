"""Teaches the linter's second reader from the labelled copy beside its tests: ``python -m tools.linter_training``.

Needs the dependency group ``training``; nothing else does. The same copy gives the same weights.
"""
