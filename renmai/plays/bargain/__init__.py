"""The play `bargain`: friends cut a price down to its floor."""
