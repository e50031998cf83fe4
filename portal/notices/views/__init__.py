"""What citizens see of documents, and what editors do with them."""
