"""`python -m remanu.cli`, which the server starts its worker with."""

from remanu.cli import main

main()
