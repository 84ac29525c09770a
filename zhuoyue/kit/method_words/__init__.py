"""Chinese sentences for the codes of each family of methods."""
