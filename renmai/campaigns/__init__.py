"""Campaigns 活动: plays 玩法 that an operator has configured, launched and can stop, what they grant to orders, and rewards held back.

Knows plays only by their contract (``plays.py``) and finds them by entry point. Never names one.
"""
