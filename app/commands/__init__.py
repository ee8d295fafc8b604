"""What each command does; `app.cli` declares them."""
