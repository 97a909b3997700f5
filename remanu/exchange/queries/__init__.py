"""Reading exchange: who listens to a part, what waits to be sent, what changed last, what other records say."""
