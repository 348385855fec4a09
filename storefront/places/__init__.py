"""Provinces and communes as they stand since 1 July 2025, and the older units that people still name.

Reference data shipped with the package, never a table (docs/adr/0002): other rooms keep a commune's code and name in
their own columns and ask `storefront.places.lookup` for the rest.
"""
