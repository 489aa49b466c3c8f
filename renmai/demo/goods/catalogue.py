"""All products of the demo shop in one tuple, in the order of the categories."""

from renmai.demo.goods import (
    baby,
    clothing,
    digital,
    fresh,
    home,
    kitchen,
    makeup,
    pantry,
    shoes_bags,
    skincare,
    snacks,
    tea,
)
from renmai.demo.goods.types import Product

PRODUCTS: tuple[Product, ...] = (
    *fresh.PRODUCTS,
    *snacks.PRODUCTS,
    *tea.PRODUCTS,
    *pantry.PRODUCTS,
    *skincare.PRODUCTS,
    *makeup.PRODUCTS,
    *home.PRODUCTS,
    *kitchen.PRODUCTS,
    *baby.PRODUCTS,
    *clothing.PRODUCTS,
    *shoes_bags.PRODUCTS,
    *digital.PRODUCTS,
)
