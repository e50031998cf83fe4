"""Pages of the register: `public` for everybody, `desk` for its administrators."""
