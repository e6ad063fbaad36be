"""PDF and office files among the static files: whom they name, and what is written in them."""
