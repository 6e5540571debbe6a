"""`local` for `make demo` and `manage.py`, `tests` for pytest, `production` for everything else."""
