"""What things are: record types, vocabulary, shapes and curated terms."""
