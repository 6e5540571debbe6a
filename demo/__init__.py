"""An invented marketplace to look around in: brands, shops, goods and what happened to them."""
