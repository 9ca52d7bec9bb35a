"""Settings: `base` is strict production, `development` and `test` stand on top of it."""
