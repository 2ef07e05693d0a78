"""How a printed page becomes prose, tables and lists, whatever format it came in."""
