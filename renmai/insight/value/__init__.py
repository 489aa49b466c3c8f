"""What a customer is worth and how customers come back: lifetime value, repurchase, cohorts, funnels. Reads only, keeps fitted models."""
