"""Posts with goods in them, who follows whom, and which order came from which post. Never decides whom an order goes to, never pays."""
