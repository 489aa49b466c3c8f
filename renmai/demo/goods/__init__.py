"""The goods of the demo world, written by hand: categories, suppliers, freight, products and what people say about them.

Pure data in frozen values. It never touches the database; the demo world feeds it to the same actions as anybody else.
"""
