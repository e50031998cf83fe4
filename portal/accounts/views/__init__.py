"""Pages of this package: signing in, the own account, people, and what a refused request gets to see."""
