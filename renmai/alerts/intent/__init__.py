"""How likely a session ends in a purchase: models, how they are judged, and the one that scores live sessions.

Everything here is arithmetic on arrays; numpy is imported where it is needed, never at start.
"""
