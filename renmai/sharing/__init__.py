"""Micro-shops, share links, visits, the cascade, binding and attribution. Never what a share earns."""
