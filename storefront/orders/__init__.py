"""Order groups (what a shopper placed), orders (the part one point dispatches), lines and history."""
