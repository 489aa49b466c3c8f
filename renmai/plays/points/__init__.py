"""The play `points`: points for kept purchases, which pay a part of later ones."""
