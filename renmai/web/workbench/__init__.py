"""The agent's pages, phone first: today, share, customers, income, shop."""
