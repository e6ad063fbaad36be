"""What protects people: names, positions and numbers, pictures behind warnings, links that tell on readers."""
