"""The play `flash`: a few pieces at a special price, first come, first served, with a fair place in line.

Owns sales and tickets. A ticket is a place: with a piece (for some minutes, in which it must be ordered and paid) or in the line for one.
The pieces lie in a pool of the catalogue. Never sells, pays or ships: that is the order's business.
"""
