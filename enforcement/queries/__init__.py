"""Reading for enforcement's pages and actions."""
