"""PyTorch training of the networks that the site ships and reports on."""
