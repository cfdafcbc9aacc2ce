"""What is done with Belgian rows: one module a topic, each verb one transaction."""
