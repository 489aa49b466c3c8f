"""Tests of the figures of spread."""
