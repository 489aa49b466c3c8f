"""The play `red_packet`: a small gift that pays a part of an order."""
