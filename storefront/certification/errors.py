"""What can go wrong with the register."""

from storefront.errors import NotFound


class CertificateNotFound(NotFound):
    """The product has no certificate."""
