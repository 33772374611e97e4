"""What a pipeline runs, against a real registry and a real repository."""

from __future__ import annotations

from tests.cli.fixtures import here, interlock, plain_environment, repository, server, service

__all__ = ["here", "interlock", "plain_environment", "repository", "server", "service"]
