"""The rules about schemas, one file per rule or tight pair; found by `registry.engines.rulebook.catalogue.discover`."""
