"""Plays 玩法 that come with Renmai: one package each, found by entry point like anybody else's. They do not know each other."""
