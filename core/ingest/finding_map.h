#pragma once

#include "core/domain/alert.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cordon::ingest {

/// Text with places: `{a.b}` stands for what the record has at that path, or for one of the map's names.
struct TextTemplate
{
    struct Piece
    {
        bool isPlace = false;
        std::string text;
    };
    std::vector<Piece> pieces;
};

/// Where a text comes from: the first that the record can fill wins.
using TextRule = std::vector<TextTemplate>;

/// A text that the field at `path` must have: any of `texts`, whatever the case; `*` at either end is open.
struct TextCondition
{
    std::string path;
    std::vector<std::string> texts;
};

/// How one of a product's scales reads on one of Cordon's.
template<class Meaning>
struct ScaleRule
{
    TextRule from;
    std::vector<std::pair<double, Meaning>> atLeast;    ///< for numbers; highest bound first
    std::vector<std::pair<std::string, Meaning>> words; ///< patterns as in TextCondition, in the file's order
    Meaning otherwise{};
};

/// Whom or what a finding names.
struct FindingEntityRule
{
    /// How the texts become an entity, where their kind alone does not tell.
    enum class Form {
        Plain,    ///< `kind`, `type` and `id`
        OrArn,    ///< the same, but an ARN tells kind and id itself
        Arn,      ///< only ARNs count
        Endpoint, ///< an address, else a host
    };
    Form form = Form::Plain;
    std::string part;     ///< as in AlertEntity
    EntityKind kind = EntityKind::Resource;
    std::string type;
    bool isFolded = false; ///< the text in lower case, unless it is an ARN
    std::string each;     ///< a list (or JSON text of one): paths below are those of its elements; "" is the record
    TextRule from;        ///< one entity for each value; a template gives one
    TextTemplate id;      ///< with {text} for the value; without pieces it is the value
    TextRule name;
    std::vector<TextCondition> when;
};

/// From which events a finding was drawn.
struct DrawnFromRule
{
    TextRule from; ///< empty: always
    std::vector<std::pair<std::string, std::vector<std::string>>> words;
    std::vector<std::string> otherwise;
};

struct ProductName
{
    std::string id;   ///< short, lower case
    std::string name; ///< for people
};

/// How another product's finished alerts are read. Plain data, made by the field map parser. Paths look into the record
/// itself, whatever the case of its keys, and not at planned fields: findings are few.
/// Source: docs/formats/findings.md, "Finding maps"
struct FindingMap
{
    ProductName product;
    TextRule productFrom; ///< where the record tells that it came from another product
    std::vector<std::pair<std::string, ProductName>> knownProducts;
    TextRule productNameFrom; ///< shown behind the name in brackets when no known product fits

    std::map<std::string, TextRule, std::less<>> names;
    TextRule id;
    TextRule type;
    TextRule title;
    TextRule description;
    TextRule link;
    TextRule updated;
    TextRule first;
    TextRule last;
    TextRule tenant;
    TextRule region;
    TextRule techniques; ///< all values of all of them are looked through
    TextRule tactics;
    std::vector<std::pair<std::string, std::string>> tacticWords;
    ScaleRule<Severity> severity;
    ScaleRule<FindingState> status;
    std::optional<ScaleRule<FindingState>> verdict; ///< wins over the status where one of its words fits
    std::vector<DrawnFromRule> drawnFrom;
    std::vector<FindingEntityRule> entities;
};

} // namespace cordon::ingest
