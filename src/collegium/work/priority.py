"""Which tasks go first. Django's default is 0; the queue takes the highest first, then the oldest."""

PROMPT = 50  #: somebody waits for it: letters and publications go before thousands of index entries
