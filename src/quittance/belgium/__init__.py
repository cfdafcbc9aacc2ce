"""Belgium: numbers and people; the prices come with issue 4. Importing it imports no Django."""
