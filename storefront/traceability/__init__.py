"""What a lot went through, step by step, for its public page."""
