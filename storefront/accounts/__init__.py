"""People: accounts, roles, saved addresses, sign-in sessions, password resets. Knows nothing of orders."""
