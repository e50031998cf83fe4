"""Citizens' pages of guides, and the editors'."""
