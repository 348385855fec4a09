"""`make bench`: how fast the shop answers, beside a bare WSGI answer and Flask's hello-world on the same server."""
