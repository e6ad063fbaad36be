"""What becomes of one text: an alert (`alerts`, `situations`) or a standing page (`pages`).

- `desk`: what all texts share while they are made;
- `anchors`, `corrections`: keys of situations, corrections;
- `headlines`, `never_named`: countries that a headline begins with, and those that a text never names;
- `images`, `sniff`: the pictures that editors name;
- `seeming`: folders and names of files that seem to hold a text back.
"""
