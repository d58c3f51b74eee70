"""What the rows of a book say in the columns of our records; pure, before the database is asked anything."""
