"""Verbatims: segmentation, themes and sentiment, offline."""
