#pragma once

#include "core/engine/case_reader.h"
#include "core/value/value.h"

#include <map>
#include <string>
#include <vector>

namespace cordon::record {
struct StoredEntry;
}

namespace cordon::engine {

/// Which controls of OWASP's agentic and NHI lists, the NIST AI RMF and MAESTRO are met by what, and which entries of a
/// case's ledger show it. Entries are taken in once each, oldest first. Source: docs/threat-model.md
class ControlFrameworks
{
public:
    ControlFrameworks();
    void take(const record::StoredEntry& entry, const Value& data);
    [[nodiscard]] const std::vector<ControlRow>& rows() const { return m_rows; }

private:
    std::vector<ControlRow> m_rows;
    std::map<std::string, std::vector<std::size_t>> m_byType; ///< rows that an entry type is evidence for
};

} // namespace cordon::engine
