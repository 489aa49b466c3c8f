"""Template tags of the play."""
