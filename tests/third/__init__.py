"""A made-up norm that is as unlike the shipped ones as a norm can be: data alone must carry it."""
