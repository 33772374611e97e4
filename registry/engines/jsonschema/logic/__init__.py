"""Schemas as logic: one set of formulas for every dialect, an evaluator, and a search for a document that satisfies them."""
