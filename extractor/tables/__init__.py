"""Tables: cells typed by their row and column, and the facts that they state."""
