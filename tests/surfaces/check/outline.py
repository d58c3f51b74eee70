"""A page taken apart for tests: its elements with attributes, its headings, and the words a reader sees."""

from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Outline(HTMLParser):
    """The elements of a page in order; `unclosed` holds what was opened and never closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.unclosed: list[str] = []
        self.misplaced: list[str] = []
        self._words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.unclosed.append(tag)
        if tag in ("h1", "h2", "h3"):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.unclosed or self.unclosed.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" in self.unclosed:
            return
        self._words.append(data)
        if self.headings and {"h1", "h2", "h3"} & set(self.unclosed):
            level, said = self.headings[-1]
            self.headings[-1] = (level, said + data)

    @property
    def words(self) -> str:
        """All words, with ordinary blanks."""
        return " ".join(" ".join(self._words).replace("\u00a0", " ").split())

    def named(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of this kind."""
        return [attributes for name, attributes in self.elements if name == tag]
