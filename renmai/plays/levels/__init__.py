"""The play `levels`: who buys and keeps more pays a little less."""
