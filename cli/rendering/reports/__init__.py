"""One module a format: `render(report)` gives the text for stdout. A further format is a further file."""
