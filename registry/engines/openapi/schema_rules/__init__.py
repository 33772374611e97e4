"""Rules about the words that OpenAPI adds to JSON Schema: the schema engine asks them beside its own."""
