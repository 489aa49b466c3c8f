"""The play `coupon`: money off an order, under conditions that are written on it."""
