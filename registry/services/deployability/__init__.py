"""May this version go to that environment: gathering the edges, and the answer."""
