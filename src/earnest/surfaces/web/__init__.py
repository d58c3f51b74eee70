"""The door for a browser: the base page, the login, My day, the deal page that stacks the rooms' panels."""
