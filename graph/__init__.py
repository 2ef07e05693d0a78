"""From TrialRecords to knowledge: RDF, stores, queries, exports, commands."""
