"""What Markdown would let pass silently, and what editors overlook."""
