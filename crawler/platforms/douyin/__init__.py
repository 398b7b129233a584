"""抖音: the profile page in a browser, and the JSON that the page itself asks for."""
