"""The form of readers, and what the desk sees of it."""
