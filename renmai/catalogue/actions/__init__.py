"""What can be done to goods. Stock moves are in ``stock``; each noun has its module."""

from renmai.catalogue.actions.favourites import toggle_favourite
from renmai.catalogue.actions.feeds import FeedLine, FeedReport, apply_feed, count_stock
from renmai.catalogue.actions.importing import ImportHooks, ImportResult, import_catalogue
from renmai.catalogue.actions.matrix import OptionInput, SkuInput, ValueInput, all_combinations, set_skus
from renmai.catalogue.actions.past_stock import PastSale, record_past_sales
from renmai.catalogue.actions.pictures import (
    StoredPicture,
    add_picture,
    order_pictures,
    remove_picture,
    store_picture,
)
from renmai.catalogue.actions.pools import close_pool, drain, fill, open_pool
from renmai.catalogue.actions.prices import set_price, set_wholesale
from renmai.catalogue.actions.products import (
    ProductInput,
    add_rating,
    count_sale,
    create_product,
    delist_product,
    list_product,
    update_product,
)
from renmai.catalogue.actions.shelving import (
    CategoryInput,
    SupplierInput,
    ZoneInput,
    move_category,
    save_category,
    save_freight_template,
    save_supplier,
)
from renmai.catalogue.actions.stock import StockWant, release, reserve, restock, sell
from renmai.catalogue.actions.synonyms import add_synonym, remove_synonym
from renmai.catalogue.csv_rows import Quarantined
from renmai.catalogue.search import reindex, reindex_many

__all__ = [
    "CategoryInput",
    "FeedLine",
    "FeedReport",
    "ImportHooks",
    "ImportResult",
    "OptionInput",
    "PastSale",
    "ProductInput",
    "Quarantined",
    "SkuInput",
    "StockWant",
    "StoredPicture",
    "SupplierInput",
    "ValueInput",
    "ZoneInput",
    "add_picture",
    "add_rating",
    "add_synonym",
    "all_combinations",
    "apply_feed",
    "close_pool",
    "count_sale",
    "count_stock",
    "create_product",
    "delist_product",
    "drain",
    "fill",
    "import_catalogue",
    "list_product",
    "move_category",
    "open_pool",
    "order_pictures",
    "record_past_sales",
    "reindex",
    "reindex_many",
    "release",
    "remove_picture",
    "remove_synonym",
    "reserve",
    "restock",
    "save_category",
    "save_freight_template",
    "save_supplier",
    "sell",
    "set_price",
    "set_skus",
    "set_wholesale",
    "store_picture",
    "toggle_favourite",
    "update_product",
]
