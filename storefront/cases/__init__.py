"""Complaints, reports of suspicious goods and requests about personal data: each a case with a number."""
