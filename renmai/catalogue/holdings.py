"""What this room holds of people: what they marked to find again."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic
from renmai.catalogue.models import Favourite

HOLDINGS: Final = (Holding(model=Favourite, person="user", topic=Topic.CART, copied=("product__code", "product__title_zh")),)
