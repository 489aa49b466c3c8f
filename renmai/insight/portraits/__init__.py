"""Who a customer is: portrait fields with source and age, segments. Written from events and orders, changed by nobody by hand except herself."""
