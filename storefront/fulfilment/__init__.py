"""Delivery: zones and tariffs as data, and the hand-over of an order to whoever carries it."""
