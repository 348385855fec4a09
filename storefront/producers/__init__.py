"""Producers (chủ thể OCOP): who makes a product, and where."""
