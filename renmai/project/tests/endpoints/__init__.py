"""Every address there is, for everybody: found by walking the resolver, so that nothing new is forgotten."""
