"""W3C Web Annotation and schema.org: our own schemas after the recommendation, then expansion as JSON-LD.

The schemas of the W3C's test suite are in no package registry, so the rules that matter here are written
below after https://www.w3.org/TR/annotation-model/. JSON-LD drops a key it does not know without a word, so a
schema that allows no other keys comes first and expansion second.
"""

import copy
import json

from jsonschema import Draft202012Validator
from pyld import jsonld

from common import place_id, refuses

IRI = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>\"{}|\\\\^`]+$"}
MOTIVATIONS = [
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
    "identifying", "linking", "moderating", "questioning", "replying", "tagging",
]
BODY = {
    "type": "object",
    "required": ["type", "value"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string", "minLength": 1},
        "purpose": {"enum": MOTIVATIONS},
        "format": {"const": "text/plain"},
    },
}
TARGET = {
    "type": "object",
    "required": ["type", "source", "selector"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": IRI,
        "selector": {
            "type": "array",
            "minItems": 2,
            "prefixItems": [
                {
                    "required": ["type", "start", "end"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextPositionSelector"},
                        "start": {"type": "integer", "minimum": 0},
                        "end": {"type": "integer", "minimum": 1},
                    },
                },
                {
                    "required": ["type", "exact"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": {"type": "string", "minLength": 1},
                        "prefix": {"type": "string"},
                        "suffix": {"type": "string"},
                    },
                },
            ],
            "items": False,
        },
    },
}


def one_or_more(schema):
    return {"anyOf": [schema, {"type": "array", "minItems": 1, "items": schema}]}


CONTEXT = {
    "type": "array",
    "contains": {"const": "http://www.w3.org/ns/anno.jsonld"},
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "additionalProperties": False,
    "properties": {
        "@context": CONTEXT,
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": MOTIVATIONS},
        "body": one_or_more(BODY),
        "target": one_or_more(TARGET),
        "generator": {"required": ["type", "name"]},
        "passage": {"type": "object", "required": ["statement", "kind", "text_sha256"]},
    },
}
PAGE = {
    "type": "object",
    "required": ["id", "type", "items"],
    "additionalProperties": False,
    "properties": {
        "@context": CONTEXT,
        "id": IRI,
        "type": {"const": "AnnotationPage"},
        "partOf": IRI,
        "startIndex": {"type": "integer", "minimum": 0},
        "items": {"type": "array", "items": ANNOTATION},
    },
}
COLLECTION = {
    "type": "object",
    "required": ["@context", "id", "type", "total", "first", "last"],
    "additionalProperties": False,
    "properties": {
        "@context": CONTEXT,
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer"},
        "first": PAGE,
        "last": IRI,
    },
}
# What this export uses of http://www.w3.org/ns/anno.jsonld, so that no network is needed.
OA = "http://www.w3.org/ns/oa#"
LOCAL = {
    "http://www.w3.org/ns/anno.jsonld": {
        "oa": OA, "as": "http://www.w3.org/ns/activitystreams#", "dcterms": "http://purl.org/dc/terms/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
        "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
        "Annotation": "oa:Annotation", "AnnotationPage": "as:OrderedCollectionPage",
        "AnnotationCollection": "as:OrderedCollection", "TextualBody": "oa:TextualBody",
        "SpecificResource": "oa:SpecificResource", "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector", "Software": "as:Application",
        "commenting": "oa:commenting", "describing": "oa:describing", "highlighting": "oa:highlighting",
        "tagging": "oa:tagging",
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
        "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
        "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
        "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
        "value": "rdf:value", "format": "dc:format", "name": "foaf:name", "label": "rdfs:label",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "generator": {"@type": "@id", "@id": "as:generator"},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
        "first": {"@type": "@id", "@id": "as:first"}, "last": {"@type": "@id", "@id": "as:last"},
        "partOf": {"@type": "@id", "@id": "as:partOf"},
        "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
        "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    },
    "https://schema.org": {"@vocab": "https://schema.org/", "url": {"@id": "https://schema.org/url", "@type": "@id"}},
}


def loader(url, _options=None):
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": LOCAL[url]}}


def listed(value):
    return value if isinstance(value, list) else [value]


def valid(schema, value):
    Draft202012Validator(schema).validate(value)


def read_back(exports, items, truth):
    assert len(items) == len(truth), (len(items), len(truth))
    for item, passage in zip(items, truth):
        places = []
        for target in listed(item["target"]):
            position, quote = target["selector"]
            exports.holds(passage["statement"], position["start"], position["end"], quote["exact"])
            body = exports.bodies[passage["statement"]]
            before, after = quote.get("prefix", ""), quote.get("suffix", "")
            assert body[: position["start"]].endswith(before)
            assert body[position["end"]:].startswith(after)
            places.append((position["start"], position["end"]))
        assert places == [(p["start"], p["end"]) for p in passage["places"]]
    assert len({item["id"] for item in items}) == len(items), "two annotations share an id"


def schema(exports):
    """Web Annotations: schemas, positive and negative, and the words at their code points"""
    count = 0
    for what in ("quotes", "claims"):
        truth = exports.truth[what]
        whole = json.loads(exports.path("annotations", what).read_text(encoding="utf-8"))
        valid(COLLECTION, whole)
        assert whole["total"] == len(truth)
        assert whole["last"] == whole["first"]["id"] and whole["first"]["partOf"] == whole["id"]
        read_back(exports, whole["first"]["items"], truth)
        page = json.loads(exports.path("annotation-page", what).read_text(encoding="utf-8"))
        valid(PAGE, page)
        assert "@context" in page
        read_back(exports, page["items"], truth)
        lines = exports.path("annotation-lines", what).read_text(encoding="utf-8").split("\n")
        single = [json.loads(line) for line in lines if line]
        for one in single:
            valid({**ANNOTATION, "required": ["@context", *ANNOTATION["required"]]}, one)
        read_back(exports, single, truth)
        count += len(single)
    for breakage in (
        lambda a: a.pop("target"), lambda a: a.pop("id"), lambda a: a.update(type="annotation"),
        lambda a: a.update(motivations="x"), lambda a: a.update(id="no iri"),
        lambda a: listed(a["target"])[0]["selector"][1].pop("exact"),
        lambda a: listed(a["target"])[0]["selector"][0].update(start=-1),
        lambda a: listed(a["target"])[0].update(source="no iri"),
    ):
        bad = copy.deepcopy(single[0])
        breakage(bad)
        refuses(lambda bad=bad: valid(ANNOTATION, bad), bad)
    shifted = copy.deepcopy(single)
    listed(shifted[0]["target"])[0]["selector"][0]["start"] += 1
    refuses(lambda: read_back(exports, shifted, truth), "a shifted position")
    return f"{count} annotations in 3 wrappings"


def expansion(exports):
    """Web Annotations: JSON-LD expansion keeps every key"""
    for name in ("annotations", "annotation-page"):
        whole = json.loads(exports.path(name).read_text(encoding="utf-8"))
        expanded = jsonld.expand(whole, {"documentLoader": loader})
        text = json.dumps(expanded)
        passages = exports.truth["quotes"]
        places = sum(len(p["places"]) for p in passages)
        assert text.count(OA + "exact") == places + 0, "a selector was dropped"
        assert text.count('"urn:dictum:passage"') == len(passages), "the passage was dropped"
        kept = [node["@value"]["statement"] for node in find(expanded, "urn:dictum:passage")]
        assert kept == [p["statement"] for p in passages]
    return f"{len(passages)} annotations"


def find(value, key):
    if isinstance(value, list):
        for item in value:
            yield from find(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == key:
                yield from item
            else:
                yield from find(item, key)


# Terms of schema.org that the export may use, by type.
TERMS = {
    "Quotation": {"identifier", "text", "genre", "spokenByCharacter", "isPartOf", "keywords", "comment"},
    "Claim": {"identifier", "text", "genre", "author", "appearance", "keywords", "comment"},
    "CreativeWork": {
        "identifier", "text", "genre", "mentions", "isPartOf", "keywords", "comment", "headline", "author",
        "publisher", "datePublished", "locationCreated", "inLanguage", "url", "creditText",
    },
}


def schema_org(exports):
    """schema.org: known terms only, exact words, a quotation for exact speech alone, no verdict"""
    count = 0
    for what in ("quotes", "claims"):
        text = exports.path("schema-org", what).read_text(encoding="utf-8")
        assert "ClaimReview" not in text and "reviewRating" not in text
        whole = json.loads(text)
        jsonld.expand(whole, {"documentLoader": loader})
        truth = exports.truth[what]
        assert len(whole["@graph"]) == len(truth)
        for node, passage in zip(whole["@graph"], truth):
            for thing in (node, node.get("isPartOf") or node.get("appearance")):
                unknown = {k for k in thing if not k.startswith("@")} - TERMS[thing["@type"]]
                assert not unknown, unknown
            assert node["text"] == " … ".join(p["exact"] for p in passage["places"])
            assert node["identifier"] == place_id(passage)
            direct = passage["kind"] == "direct"
            assert (node["@type"] == "Quotation") == direct, "a paraphrase passes for a quotation"
            assert ("spokenByCharacter" in node) <= direct
            count += 1
    return f"{count} nodes"


CHECKS = [schema, expansion, schema_org]
