"""What the program is made of, and what must not stand in it. `make audit` and `make sbom` are the rest."""
