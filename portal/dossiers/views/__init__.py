"""What the web asks of dossiers."""
