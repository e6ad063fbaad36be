"""`site.yaml`: `site_finding` finds it and remembers what it says, `site_file` is what it says, `config` reads it."""
