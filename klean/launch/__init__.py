"""The servers that `make demo`, `make test` and `manage.py` start on one machine; production brings its own."""
