"""studies · 分析研究: runs of the analysis library on frozen inputs, and what they found.

Clause 6.4.2. Owns: causal model, study, finding.
A study keeps its answers as a Parquet file named by its hash, with the specification, the
engine's version and the seed; running it again gives the same numbers.
"""
