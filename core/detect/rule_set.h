#pragma once

#include "core/detect/rule_parser.h"
#include "core/detect/rule_tuning.h"

#include <filesystem>
#include <functional>
#include <span>

namespace cordon::detect {

/// The rules of one or several folders, and the list of what was not taken and why.
class RuleSet
{
public:
    /// Reads every `.yml` and `.yaml` file below the folders, or the files themselves, in the order of their names.
    /// Nothing here fails as a whole: a folder or file that cannot be read is in `rejected()`.
    /// @param isBuiltin  marks the rules as Cordon's own
    /// @param placeholders  what the modifier `expand` may use
    [[nodiscard]] static RuleSet load(std::span<const std::filesystem::path> paths, bool isBuiltin,
                                      const Placeholders& placeholders = {});
    /// Adds the rules of one text, as if it were the file `file`.
    void add(std::string_view text, const std::string& file, bool isBuiltin, const Placeholders& placeholders = {});
    /// Adds one rule that was made in the program. One whose id is already here is dropped and listed.
    void add(Rule rule) { takeRule(std::move(rule)); }
    /// Adds the rules of `other` after these. A rule whose id is already here is dropped and listed.
    void merge(RuleSet other);

    /// Lowers the levels of rules that are not Cordon's own, as the tuning says.
    void tune(const RuleTuning& tuning) { tuning.apply(m_rules); }

    /// Replaces the techniques of all rules, such as by the ids that stand for them today. Doubles are dropped.
    void renameTechniques(const std::function<std::string(const std::string&)>& current);

    /// Binds correlations and filters to the rules they name; those that name unknown rules move to `rejected()`.
    /// Rules that only feed correlations no longer raise alerts. RuleProgram::compile does this; doing it twice is
    /// harmless.
    void link();

    [[nodiscard]] const std::vector<Rule>& rules() const { return m_rules; }
    [[nodiscard]] const std::vector<RejectedRule>& rejected() const { return m_rejected; }
    /// Rules that were taken but cannot run, with the reason; they stay in `rules()`.
    [[nodiscard]] std::vector<RejectedRule> disabled() const;
    [[nodiscard]] std::size_t fileCount() const { return m_fileCount; }

private:
    void addFile(const std::filesystem::path& path, bool isBuiltin, const Placeholders& placeholders,
                 std::string_view folderLicense);
    void take(ParsedRules parsed);
    void takeRule(Rule rule);
    void applyFilters();
    void linkCorrelations();
    void disableWhatCannotMatch();
    /// @return the first correlation that cannot be bound, and why
    [[nodiscard]] std::optional<std::pair<std::size_t, std::string>> bindCorrelations();

    std::vector<Rule> m_rules;
    std::vector<RuleFilter> m_filters;
    std::vector<RejectedRule> m_rejected;
    std::map<std::string, RuleIndex, std::less<>> m_byId;
    std::size_t m_fileCount = 0;
};

} // namespace cordon::detect
