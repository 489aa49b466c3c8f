"""Scenes 场景: landing pages that an operator composes from blocks. A part of the room with its own tables, actions and queries."""
