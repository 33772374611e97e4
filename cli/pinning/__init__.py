"""Contracts that a consumer pins: pulled into its tree, generated from, and held against the registry."""
