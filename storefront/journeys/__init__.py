"""Acts that span features, one a module; the only place where two rooms are written in one go."""
