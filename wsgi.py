"""What the WSGI server imports."""

from storefront import create_app

app = create_app()
