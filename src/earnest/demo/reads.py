"""What has to be known before the story is loaded."""

from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.records.models import Deal


def has_deals(actor: Actor) -> bool:
    """True when the actor sees a deal, open or ended."""
    return visibility.visible(actor, Deal).exists()
