"""微信小程序: no public page shows one. The owner's interface, or the owner's record of having opened it."""
