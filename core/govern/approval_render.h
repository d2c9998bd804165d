#pragma once

#include "core/domain/approval.h"
#include "core/domain/target_facts.h"

#include <map>
#include <string>
#include <vector>

namespace cordon::govern {

/// What is frozen into a request beside the action. All of it may come from logs: it is escaped when rendered.
struct FrozenFacts
{
    std::vector<TargetFacts> targets;
    std::optional<Preview> preview;
    std::vector<std::string> because;             ///< English lines: alerts, identity changes
    std::vector<std::string> events;              ///< citations, "digest:offset:length"
    std::map<std::string, std::string> prechecks; ///< name to "true", "false" or "unknown"
    std::vector<std::string> residualAccess;      ///< English lines
    std::string mandateId;
    int mandateRevision = 0;
    std::optional<Timestamp> asOf;                ///< case clock when all this was looked at; none in old requests
    std::int64_t ledgerEntries = 0;               ///< that there were then

    /// The object that travels in the request as `facts`. Source: docs/formats/approval.md, "facts"
    [[nodiscard]] Value toValue() const;
};

/// The English text that a person decides on, made only from the request's action bytes, frozen facts, tier,
/// environment and clauses; the same bytes on every machine, so that its digest can be derived again offline.
/// Templates are part of the format: changing one is a new version. Source: docs/formats/approval.md, "render"
[[nodiscard]] Result<std::string> renderRequest(const ApprovalRequest& request);

/// `Delete access key permanently`: what the verb does to what, for a title. Line 1 of the render.
[[nodiscard]] std::string actionTitle(const Action& action, const Value& facts);
/// One line of the render, escaped.
struct RenderLine
{
    std::string key;   ///< stable, for a dialog that translates labels: "will_do", "target", "undo"…
    std::string label; ///< English
    std::string text;
};
/// The lines after the title, in order, for a dialog that lays them out itself.
[[nodiscard]] Result<std::vector<RenderLine>> renderLines(const ApprovalRequest& request);

/// Control, bidirectional, zero-width and other invisible characters, and malformed bytes, as `\u{..}`; at most
/// `most` bytes, then an ellipsis with the number of bytes left out.
[[nodiscard]] std::string escapedForPeople(std::string_view text, std::size_t most = 512);

/// The target's name that must be typed too: of the one target, when tier and mandate ask for it and it has at most 12
/// characters; for several targets their count; else "".
[[nodiscard]] std::string typedTargetOf(const ApprovalRequest& request);

} // namespace cordon::govern
