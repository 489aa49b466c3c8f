"""The play `bundle`: any so many of some goods for one price. An example of a play that lives outside Renmai."""
