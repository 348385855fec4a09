"""The register: products that were evaluated, their certificates, and the state of each on a day. THE source of stars."""
