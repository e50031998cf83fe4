"""How an instance is served: waitress processes on one listening socket, each on its core, and a worker beside them.

`parent` keeps the processes alive and does no work itself; `web` and `worker` are what they run.
Why it is built like this, with figures: `docs/decisions/serving.md`.
"""
