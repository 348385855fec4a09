"""The basket, and what was typed at checkout until the order is placed."""
