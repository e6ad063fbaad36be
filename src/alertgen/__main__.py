"""`python -m alertgen`."""

from alertgen.cli import main

if __name__ == "__main__":
    main()
