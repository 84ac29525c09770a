"""Methods of surveys: satisfaction measures, sample sizes, weighting, reliability, suppression."""
