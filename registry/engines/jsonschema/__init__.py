"""JSON Schema: resolving, inclusion, comparison into rules, and event contracts."""
