"""The shapes of requests and responses. Docstrings and descriptions become the text of the API document."""
