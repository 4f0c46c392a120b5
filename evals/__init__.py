"""Gold questions in, figures out: generate, score, report. Nothing of the product imports this."""
