"""Documents that an office signs: what they say (``content``) and how GB/T 9704-2012 lays them out (``layout``)."""
