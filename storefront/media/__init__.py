"""Pictures drawn by the shop."""
