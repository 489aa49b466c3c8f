"""The library 素材库: posts that an agent passes on, ranked for her customers, for a group, for one of them, or for this hour."""
