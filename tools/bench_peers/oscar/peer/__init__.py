"""A django-oscar project as its documentation describes one, with production settings."""
