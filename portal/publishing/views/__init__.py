"""The workflow on the desk: one page an item, one address an action."""
