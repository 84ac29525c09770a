"""Methods that prove an improvement: interrupted series, difference in differences, power."""
