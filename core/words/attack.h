#pragma once

#include "core/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::words {

/// Names of MITRE ATT&CK's techniques and tactics, in the old and the new numbering. Rules and other products use
/// both; Cordon works with the newest id and shows the one that it replaced.
/// Source: resources/attack/enterprise.yml
class Attack
{
public:
    struct Technique
    {
        std::string name;
        std::vector<std::string> tactics; ///< as rules tag them, "privilege-escalation"
        std::string revokedBy;            ///< id that replaced this one; empty for a current technique
        std::vector<std::string> formerIds;
    };

    /// @return what is wrong and in which line, also where an id is replaced by an unknown one
    [[nodiscard]] static Result<Attack> parse(std::string_view text);

    /// Null for an id that is not listed. A sub-technique that is not listed is not its technique.
    [[nodiscard]] const Technique* find(std::string_view id) const;
    /// The id that stands for `id` today; `id` itself when it is current or unknown.
    [[nodiscard]] std::string currentId(std::string_view id) const;
    /// "T1685.002 Disable or Modify Cloud Log", whichever of its ids is given; an unknown id alone.
    [[nodiscard]] std::string line(std::string_view id) const;
    /// Whether a tactic goes by this name, now or in older releases.
    [[nodiscard]] bool isTactic(std::string_view name) const;
    [[nodiscard]] const std::string& version() const { return m_version; }
    [[nodiscard]] std::size_t size() const { return m_techniques.size(); }

private:
    std::string m_version;
    std::map<std::string, Technique, std::less<>> m_techniques;
    std::map<std::string, std::string, std::less<>> m_tactics; ///< current name by any name
};

/// The list that this build was made with.
[[nodiscard]] const Attack& attack();

} // namespace cordon::words
