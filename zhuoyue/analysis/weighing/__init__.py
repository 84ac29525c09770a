"""Methods that weigh and score: AHP, entropy, CRITIC, TOPSIS, fuzzy, official scoring."""
