"""Goods for agents, groups and customers by their own requirements and by feedback: models, policies, explanations. Never sells."""
