"""Pages of schemes: the list and overview, the studio, signing, versions."""
