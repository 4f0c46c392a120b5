"""What stands between the network and the product: limits, the queue, headers and the record of what was asked."""
