#pragma once

#include <string>
#include <vector>

namespace cordon::ingest {

/// How a table of texts is written, as a user's map says. Source: docs/formats/field-map.md, "read"
struct CsvShape
{
    char delimiter = ',';
    std::vector<std::string> columns; ///< empty: the first row names them
};

} // namespace cordon::ingest
