"""What measures the shop from outside; nothing here is imported by it."""
