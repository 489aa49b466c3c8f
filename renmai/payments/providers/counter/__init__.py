"""The till of a shop with a door: money taken by hand, written into a book of its own."""
