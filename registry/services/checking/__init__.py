"""May this merge: a working tree against what was promised before."""
