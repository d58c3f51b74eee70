"""The door that `earnest serve` opens: the pages of `wsgi`, behind a gate where slow visitors wait."""

from earnest.project.wsgi import application as pages
from earnest.surfaces.server.gate import Gate

application = Gate(pages)
