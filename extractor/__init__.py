"""From a Document to a TrialRecord."""
