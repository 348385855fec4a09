"""Letters that leave after the commit: a row of the same transaction, sent and retried by the worker."""
