"""Scoring on many machines: the page's own path in Node, shared out by Dask."""
