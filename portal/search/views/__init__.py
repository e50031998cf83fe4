"""What is asked over HTTP: the page, its feed and suggestions, and the desk of those who maintain search."""
