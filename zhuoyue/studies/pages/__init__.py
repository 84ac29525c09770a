"""Pages of studies: models, the start of a study, the study itself, what-if, findings."""
