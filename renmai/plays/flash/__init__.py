"""The play `flash`: a few pieces at a special price, first come, first served."""
