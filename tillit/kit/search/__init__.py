"""One field for everything: what the contexts say of their rows, made findable by circle and day."""
