"""The commands: thin wrappers over functions that return data. Nothing heavy is imported before it is needed."""
