"""Changes that span nouns: who acts for whom, who is asked to, who leaves and who takes over."""
