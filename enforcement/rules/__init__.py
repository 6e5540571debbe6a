"""Pure decisions of enforcement: the penalty ladder and the order of the queue."""
