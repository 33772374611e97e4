"""One router for each noun; a handler takes typed values, calls one service, and returns a typed model."""
