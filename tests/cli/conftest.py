"""The fixtures of the command line, for every test of this folder."""

from __future__ import annotations

from tests.cli.fixtures import here, interlock, plain_environment, repository, server, service

__all__ = ["here", "interlock", "plain_environment", "repository", "server", "service"]
