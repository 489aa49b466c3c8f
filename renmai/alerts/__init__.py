"""Who lingers now: intent, browse alerts to the agent, her tasks about customers. Never writes to the customer."""
