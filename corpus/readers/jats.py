"""JATS, the tagged form of PubMed Central and of publishers: `read_jats`."""

from __future__ import annotations

import hashlib

from lxml import etree

from corpus.document import Document
from corpus.draft import Draft
from corpus.naming import document_id
from corpus.readers.jats_body import write_flow
from corpus.readers.jats_front import write_front
from corpus.readers.jats_inline import Element, local
from corpus.readers.jats_references import places_of
from ontology.errors import UnreadablePaper


def read_jats(data: bytes, source: str) -> Document:
    """The Document of a JATS article; also inside the envelope of an archive's answer."""
    root = parse(data, source)
    articles = articles_of(root)
    if not articles:
        raise UnreadablePaper(source, f"XML with <{local(root)}>, not a JATS article", "give the article's JATS file")
    article = without_namespace(articles[0])
    draft = Draft()
    if len(articles) > 1:
        draft.warnings.append(f"{len(articles)} articles in one file; only the first was read")
    draft.open("", "front")
    write_front(draft, article)
    draft.close()
    write_flow_in_section(draft, article)
    return draft.finish(id=document_id(source), source=source, format="jats", sha256=hashlib.sha256(data).hexdigest())


def write_flow_in_section(draft: Draft, article: Element) -> None:
    """The rest of the article; keywords and statements between its parts belong to the front."""
    draft.open("", "front")
    write_flow(draft, article, places_of(article))


def parse(data: bytes, source: str) -> Element:
    """The root of the XML; nothing outside the file is read and no entity is expanded."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePaper(source, f"damaged XML ({error.msg})", "fetch the file again") from None
    if builds_entities(root):
        raise UnreadablePaper(
            source, "XML that builds entities out of entities", "give a file without a DTD of its own"
        )
    return root


def builds_entities(root: Element) -> bool:
    """Does the file define entities by other entities, as files do that blow up when they are read?"""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is None:
        return False
    contents = [entity.content or "" for entity in dtd.iterentities()]  # type: ignore[attr-defined]
    return any("&" in content or "%" in content for content in contents)


def articles_of(root: Element) -> list[Element]:
    """The articles of a file: its root, or the children of an envelope."""
    if local(root) == "article":
        return [root]
    return [
        node for node in root.iter("{*}article") if not any(local(above) == "article" for above in node.iterancestors())
    ]


def without_namespace(article: Element) -> Element:
    """The article with plain names, where a namespace is declared for JATS itself."""
    if isinstance(article.tag, str) and article.tag.startswith("{"):
        own = article.tag[: article.tag.rindex("}") + 1]
        for node in article.iter(f"{own}*"):
            node.tag = node.tag[len(own) :]
    return article
