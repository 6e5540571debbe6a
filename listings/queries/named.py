"""Which listing somebody means who names it in their own way."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from listings.models import Listing


def listings_named(texts: Iterable[str]) -> dict[str, Listing]:
    """The listing that each text names by its id or its address; texts that name none are left out."""
    texts = list(dict.fromkeys(texts))
    ids = {text: _possible_ids(text) for text in texts}
    listings = Listing.objects.select_related("seller")
    by_id = listings.in_bulk({one for possible in ids.values() for one in possible}, field_name="external_id")
    found = {text: by_id[one] for text in texts for one in reversed(ids[text]) if one in by_id}
    links = [text for text in texts if text not in found and _is_address(text)]
    by_link = {listing.link: listing for listing in listings.filter(link__in=links)} if links else {}
    return found | {text: by_link[text] for text in links if text in by_link}


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _possible_ids(text: str) -> list[str]:
    """The likeliest first: ``…/item/1005.html?spm=x`` names 1005, ``…/view?id=1005`` too."""
    if not _is_address(text):
        return [text]
    try:
        parts = urlsplit(text)
        values = [value for _name, value in parse_qsl(parts.query, max_num_fields=20)]
    except ValueError:
        return []
    return [parts.path.rstrip("/").rpartition("/")[2].removesuffix(".html"), *values]
