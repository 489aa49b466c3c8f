"""The staff: categories, suppliers with their stock feeds, freight."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, listed, whole
from renmai.api.callers import Staff, person
from renmai.api.parsing import Code, Id, PageNumber
from renmai.api.schemas.people import IdOut
from renmai.api.schemas.staff_goods import (
    CategoryIn,
    FeedOut,
    PastFeedOut,
    SupplierIn,
    SupplierOut,
    SynonymIn,
    SynonymOut,
    TemplateIn,
    TemplateOut,
)
from renmai.api.schemas.staff_orders import CsvIn
from renmai.catalogue import actions
from renmai.catalogue import queries as catalogue
from renmai.catalogue.actions import CategoryInput, SupplierInput, ZoneInput
from renmai.catalogue.models import FreightTemplate, Supplier, Synonym
from renmai.catalogue.queries import desk
from renmai.catalogue.queries.synonyms import synonyms

EDIT, FEED = Staff(Permission.PRODUCTS_EDIT), Staff(Permission.STOCK_FEED)
router = Router(tags=["Staff: supply"], auth=EDIT)


@router.post("/staff/categories", response={201: IdOut})
def create_category(request: HttpRequest, given: CategoryIn) -> dict[str, int]:
    """Create a category. Two levels at most."""
    return {"id": actions.save_category(person(request), CategoryInput(**given.model_dump())).pk}


@router.put("/staff/categories/{category_id}", response=IdOut)
def change_category(request: HttpRequest, category_id: Id, given: CategoryIn) -> dict[str, int]:
    """Change a category. Products of a renamed one are found by its new name."""
    saved = actions.save_category(person(request), CategoryInput(**given.model_dump()), category_id=category_id)
    return {"id": saved.pk}


@router.get("/staff/synonyms", response=Paged[SynonymOut])
def list_synonyms(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """Other words by which products are found. Newest first."""
    return listed(synonyms(person(request), page=page))


@router.post("/staff/synonyms", response={201: SynonymOut})
def add_synonym(request: HttpRequest, given: SynonymIn) -> Synonym:
    """Let a search for ``word`` find what says ``other`` too; both ways unless told otherwise. At once."""
    return actions.add_synonym(person(request), **given.model_dump())


@router.delete("/staff/synonyms/{synonym_id}", response={204: None})
def remove_synonym(request: HttpRequest, synonym_id: Id) -> None:
    """Let a synonym hold no more. At once."""
    actions.remove_synonym(person(request), synonym_id)


@router.get("/staff/suppliers", response=Paged[SupplierOut], auth=FEED)
def list_suppliers(request: HttpRequest) -> Listed[Any]:
    """All suppliers. Those that are closed come last."""
    return whole(desk.suppliers())


@router.post("/staff/suppliers", response={201: SupplierOut})
def create_supplier(request: HttpRequest, given: SupplierIn) -> Supplier:
    """Add a supplier."""
    return actions.save_supplier(person(request), SupplierInput(**given.model_dump()))


@router.put("/staff/suppliers/{supplier_id}", response=SupplierOut)
def change_supplier(request: HttpRequest, supplier_id: Id, given: SupplierIn) -> Supplier:
    """Change a supplier, or close it."""
    return actions.save_supplier(person(request), SupplierInput(**given.model_dump()), supplier_id=supplier_id)


@router.post("/staff/suppliers/{supplier_id}/feeds", response={201: FeedOut}, auth=FEED)
def apply_feed(request: HttpRequest, supplier_id: Id, given: CsvIn) -> actions.FeedReport:
    """Apply a stock feed (CSV with ``sku_code`` and ``on_hand``). The file's own digest is its key: sent twice, it counts once."""
    return actions.apply_feed(person(request), supplier_id, given.csv)


@router.get("/staff/suppliers/{supplier_id}/feeds", response=Paged[PastFeedOut], auth=FEED)
def list_feeds(request: HttpRequest, supplier_id: Id) -> Listed[Any]:
    """The newest stock feeds of a supplier."""
    return whole(catalogue.feeds_of(person(request), supplier_id))


@router.get("/staff/freight", response=Paged[TemplateOut])
def list_freight_templates(request: HttpRequest) -> Listed[Any]:
    """All freight templates with their zones."""
    return whole(desk.freight_templates())


@router.put("/staff/freight/{code}", response=TemplateOut)
def save_freight_template(request: HttpRequest, code: Code, given: TemplateIn) -> FreightTemplate:
    """Create or change a freight template. Its zones are replaced by these."""
    zones = [ZoneInput(**(zone.model_dump() | {"provinces": tuple(zone.provinces)})) for zone in given.zones]
    return actions.save_freight_template(person(request), code=code, name_zh=given.name_zh, name_en=given.name_en, zones=zones)
