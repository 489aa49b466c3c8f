"""The entry for the server of ``renmai up``: pages in their places, live streams beside them, both ended in order."""

from renmai.project.farewell import on_farewell
from renmai.project.places import Places
from renmai.project.wsgi import application as pages

# Imported behind the pages: it needs Django to be ready.
from renmai.alerts.live import streams  # isort: skip
from renmai.project.serving import THREADS_PER_PROCESS  # isort: skip

application = Places(pages, count=THREADS_PER_PROCESS)
on_farewell(streams.close)
