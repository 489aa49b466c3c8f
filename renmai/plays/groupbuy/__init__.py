"""The play `groupbuy`: the more buy together, the less each pays."""
