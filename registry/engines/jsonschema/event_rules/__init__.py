"""The rules about events as a whole: their envelope and their draft. Found by `registry.engines.rulebook.catalogue.discover`."""
