"""Checks a value against a JSON schema: the keywords that the public schemas used here have, and no others.

They are draft-07, where `unevaluatedProperties` says nothing; taken at its word it would contradict the schemas' own parts."""

import json
import os
import re

KNOWN = {"$id", "$schema", "title", "description", "$comment", "examples", "default", "type", "properties", "enum", "$ref", "items",
         "minItems", "minimum", "maximum", "unevaluatedProperties", "patternProperties", "minProperties", "required", "$defs",
         "anyOf", "oneOf", "pattern", "allOf", "not", "if", "const", "then", "else", "additionalProperties", "format", "minLength"}
TYPES = {"string": str, "object": dict, "array": list, "boolean": bool, "null": type(None)}


class Schemas:
    """The schema files of one folder, which refer to one another by relative paths."""

    def __init__(self, folder):
        self.folder, self.loaded = folder, {}

    def load(self, path):
        path = os.path.normpath(path)
        if path not in self.loaded:
            with open(os.path.join(self.folder, path), encoding="utf-8") as stream:
                self.loaded[path] = json.load(stream)
        return self.loaded[path]

    def errors(self, value, path):
        found = []
        self._check(value, self.load(path), path, "$", found)
        return found

    def _refer(self, reference, base):
        file, _, inner = reference.partition("#")
        path = os.path.join(os.path.dirname(base), file) if file else base
        schema = self.load(path)
        for step in [step for step in inner.split("/") if step]:
            schema = schema[step]
        return schema, path

    def _holds(self, value, schema, base, place):
        found = []
        self._check(value, schema, base, place, found)
        return not found

    def _check(self, value, schema, base, place, found):
        """Adds what is wrong."""
        if schema is False:
            found.append(place + ": nothing may be here")
        if isinstance(schema, bool):
            return
        unknown = set(schema) - KNOWN
        assert not unknown, "keywords that this checker does not have: %s in %s" % (unknown, base)
        if "$ref" in schema:
            target, path = self._refer(schema["$ref"], base)
            self._check(value, target, path, place, found)
        self._plain(value, schema, place, found)
        if isinstance(value, dict):
            self._members(value, schema, base, place, found)
        if isinstance(value, list) and "items" in schema:
            for number, item in enumerate(value):
                self._check(item, schema["items"], base, "%s[%d]" % (place, number), found)
        self._combined(value, schema, base, place, found)

    @staticmethod
    def _plain(value, schema, place, found):
        kinds = schema.get("type", [])
        for kind in [kinds] if isinstance(kinds, str) else []:
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            good = number if kind == "number" else number and isinstance(value, int) if kind == "integer" else isinstance(value, TYPES[kind])
            if not good:
                found.append("%s: is no %s" % (place, kind))
        if "enum" in schema and value not in schema["enum"]:
            found.append("%s: %r is not one of %s" % (place, value, schema["enum"]))
        if "const" in schema and value != schema["const"]:
            found.append("%s: is not %r" % (place, schema["const"]))
        if isinstance(value, str):
            if "pattern" in schema and not re.search(schema["pattern"], value):
                found.append("%s: %r does not match %s" % (place, value, schema["pattern"]))
            if len(value) < schema.get("minLength", 0):
                found.append(place + ": too short")
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if value < schema.get("minimum", value) or value > schema.get("maximum", value):
                found.append("%s: %s is out of range" % (place, value))
        if isinstance(value, list) and len(value) < schema.get("minItems", 0):
            found.append(place + ": too few items")

    def _members(self, value, schema, base, place, found):
        if len(value) < schema.get("minProperties", 0):
            found.append(place + ": too few members")
        found += ["%s: %s is missing" % (place, name) for name in schema.get("required", []) if name not in value]
        for name, item in value.items():
            rules = [schema["properties"][name]] if name in schema.get("properties", {}) else []
            rules += [rule for pattern, rule in schema.get("patternProperties", {}).items() if re.search(pattern, name)]
            if not rules and "additionalProperties" in schema:
                rules = [schema["additionalProperties"]]
            for rule in rules:
                self._check(item, rule, base, place + "." + name, found)

    def _combined(self, value, schema, base, place, found):
        for rule in schema.get("allOf", []):
            self._check(value, rule, base, place, found)
        for keyword in ("anyOf", "oneOf"):
            held = sum(self._holds(value, rule, base, place) for rule in schema.get(keyword, []))
            if keyword in schema and (not held or (keyword == "oneOf" and held != 1)):
                found.append("%s: %d of %s hold" % (place, held, keyword))
        if "not" in schema and self._holds(value, schema["not"], base, place):
            found.append(place + ": what must not hold holds")
        if "if" in schema:
            branch = schema.get("then" if self._holds(value, schema["if"], base, place) else "else")
            if branch is not None:
                self._check(value, branch, base, place, found)
