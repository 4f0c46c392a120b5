"""Vietnamese text: one form for comparison, syllables to count, sentences to quote, dates to compare."""
