"""Pages of forms: the desk's list and designer, the preview, the public page, uploads."""
