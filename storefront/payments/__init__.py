"""Money rows of an order, and one sealed module per way to pay."""
