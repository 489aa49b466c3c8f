"""What the catalogue refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "catalogue",
    {
        "sold_out": (409, _("“%(title)s” is short of stock: %(left)s left.")),
        "quantity": (400, _("Please choose a quantity between 1 and %(most)s.")),
        "stock_conflict": (409, _("These pieces were already moved, in other quantities.")),
        "not_held": (409, _("These pieces are not held for this order.")),
        "pool_closed": (409, _("This sale is over: its pieces went back on the shelf.")),
        "status": (409, _("This product cannot be moved to that state from where it is now.")),
        "nothing_to_sell": (409, _("A product needs at least one variant with a price before it goes on sale.")),
        "code_taken": (409, _("The code “%(taken)s” is already in use.")),
        "code": (400, _("A code has 1 to 60 lower-case letters, digits and hyphens.")),
        "title_missing": (400, _("Please enter a title.")),
        "too_long": (400, _("This text is too long: at most %(most)s characters.")),
        "matrix": (400, _("Every variant needs exactly one value of every option, and no two variants may be the same.")),
        "matrix_too_large": (400, _("A product has at most %(options)s options and %(skus)s variants.")),
        "weight": (400, _("The weight is between 1 g and %(most)s g.")),
        "picture_format": (415, _("Please upload a JPEG, PNG, WebP or GIF picture.")),
        "picture_too_large": (413, _("The picture is too large: at most 8 MB and 40 million pixels.")),
        "picture_broken": (400, _("This picture cannot be read.")),
        "too_many_pictures": (409, _("A product has at most %(most)s pictures.")),
        "synonym": (400, _("Please enter two different words of %(least)s to %(most)s letters.")),
        "synonym_taken": (409, _("These two are synonyms already.")),
        "synonym_common": (409, _("More than %(most)s products say this word: please choose a rarer one.")),
        "synonyms_full": (409, _("There are %(most)s synonyms already: please remove some.")),
        "feed_too_large": (413, _("The stock file is too large: at most %(most)s lines.")),
        "feed_columns": (400, _("The stock file needs the columns sku_code and on_hand.")),
        "import_columns": (400, _("The catalogue file lacks the column %(column)s.")),
        "freight_zone": (400, _("This freight zone is not valid.")),
        "category": (400, _("Please choose a category.")),
        "category_depth": (400, _("Categories have two levels.")),
        "too_many_favourites": (409, _("You can keep at most %(most)s favourites.")),
    },
)
