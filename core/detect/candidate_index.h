#pragma once

#include "core/detect/folded_fields.h"
#include "core/detect/rule.h"
#include "core/detect/text_index.h"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon::detect {

/// Which rules can match a record at all, by its log source and by values that a rule cannot do without, so that the
/// cost of a record hardly grows with the number of rules. Constant once built; safe from any thread.
class CandidateIndex
{
public:
    /// In place of a field: the text may stand anywhere in the record (keywords).
    static constexpr FieldIndex wholeRecord = static_cast<FieldIndex>(-1);
    /// A text of a field without which the rule cannot match.
    struct Anchor
    {
        FieldIndex field = 0;
        TextIndex::Place place = TextIndex::Place::Whole;
        std::string text; ///< folded
    };
    struct AnchorField
    {
        FieldIndex field = 0;
        TextIndex rules;
    };
    /// The rules of one log source.
    struct Bucket
    {
        std::vector<AnchorField> anchored;
        std::vector<RuleIndex> always; ///< rules without an anchor
    };
    /// The buckets that records of one log source look into.
    using Route = std::vector<const Bucket*>;

    /// @param anchors  one of them holds whenever the rule matches; empty when the rule has none
    void add(RuleIndex rule, const LogSource& source, const std::vector<Anchor>& anchors);
    /// To be called once, when all is added.
    void build();
    /// The rules whose log source names nothing that the record's is not.
    [[nodiscard]] Route route(std::string_view product, std::string_view service,
                              std::span<const std::string> categories) const;

private:
    std::unordered_map<std::string, Bucket> m_buckets;
};

} // namespace cordon::detect
