"""The keys of headers and of site.yaml: which there are, what they may say, and how they are read."""
