"""Who acts for whom: bringing in people, answering, ending, handing over."""
