"""What we read and what we hold true: documents, readers, gold records, evaluation."""
