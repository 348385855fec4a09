"""What the shop shows and sells: listings, variants, prices. Stars are read from the register, never set here."""
