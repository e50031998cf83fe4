"""One reader a format: `read(content, name) -> Paper`, pure, run inside the limited process."""
