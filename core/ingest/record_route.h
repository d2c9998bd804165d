#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cordon::ingest {

class FieldAliases;

/// Where a record belongs: the Sigma log source that rules choose it by, and how their fields are found in it.
/// Borrowed from the field maps.
struct RecordRoute
{
    std::string_view product;
    std::string_view service;
    std::span<const std::string> categories;
    const FieldAliases* aliases = nullptr;
};

} // namespace cordon::ingest
