"""Pages of delivery, one file per noun."""
