"""`python -m earnest`, the same as `earnest`."""

from earnest.surfaces.cli.main import main

main()
