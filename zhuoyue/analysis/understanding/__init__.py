"""Methods that help to understand needs: laddering, Kano, agreement of coders, SERVQUAL, QFD."""
