"""Synchronous flows over several rooms: joining, checkout, paying, after-sale, importing. Owns no table."""
