"""The pages of people: the way in, one's own account, who works here, teams, and what is shared."""
