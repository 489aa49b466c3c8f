"""The pages people see: storefront, workbench and console, on the shared look of ``ui``. Views parse, call one action or query, render."""
