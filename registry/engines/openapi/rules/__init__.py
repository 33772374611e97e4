"""The rules about everything in an OpenAPI contract but its schemas: one file per rule or tight pair.

Found by `registry.engines.rulebook.catalogue.discover`. Directions are those of old clients against the new server.
"""
