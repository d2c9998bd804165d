#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon::ingest {

/// Names and texts of one `<Event>` in XML, as Sysmon for Linux writes it to syslog: the children of `System` under their
/// own names (the time of `TimeCreated`, the name of `Provider`), and each `Data` under its `Name`. Names that are not
/// letters, digits and `_` are left out. No entity is fetched or expanded but XML's own five and character references.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> readEventXml(std::string_view xml);

} // namespace cordon::ingest
