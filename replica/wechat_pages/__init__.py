"""The pages and replies of WeChat's public platform, in the structure of the real ones and in our own words."""
