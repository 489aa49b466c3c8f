"""All events, whichever day: the hot days in the database, the days before in one Parquet file each, read as one table.

``Day`` names the file of each finished day. A file is written whole beside the old one, and becomes the truth by that row, in the
transaction that deletes the rows it replaces: whatever dies in between, every event is there once. pyarrow, DuckDB and Ibis are loaded where
they are used and nowhere else.
"""
