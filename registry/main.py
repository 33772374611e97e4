"""The composition root: settings and the application factory."""
