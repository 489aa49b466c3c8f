"""Agents, commission on kept sales, withdrawals and tax. Never pays for recruiting."""
