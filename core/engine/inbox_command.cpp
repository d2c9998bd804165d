#include "core/engine/inbox_command.h"

#include "core/base/exact_time.h"
#include "core/domain/incident.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace cordon::engine {
namespace {

/// `INC-0007`, `A-0012`; nothing for any other text.
template<class Id>
std::optional<Id> numberedFrom(const std::string& text, std::size_t head)
{
    Id id;
    const auto [end, problem] = std::from_chars(text.data() + std::min(head, text.size()),
                                                text.data() + text.size(), id.value);
    return problem == std::errc() && end == text.data() + text.size() && toString(id) == text ? std::optional(id)
                                                                                            : std::nullopt;
}

std::optional<IncidentId> incidentFrom(const std::string& text)
{
    return numberedFrom<IncidentId>(text, 4);
}

std::optional<AlertId> alertFrom(const std::string& text)
{
    return numberedFrom<AlertId>(text, 2);
}

Result<Command> aboutIncident(const govern::Command& signedCommand)
{
    const Value& args = signedCommand.args;
    const auto incident = incidentFrom(args["incident"].asString());
    if (!incident)
        return fail(ErrorCode::Invalid, signedCommand.command + ": 'incident' is missing");
    if (signedCommand.command == "note")
        return Command(AddNote{*incident, args["text"].asString(), signedCommand.person});
    if (signedCommand.command == "close") {
        const auto verdict = verdictFrom(args["verdict"].asString());
        if (!verdict)
            return fail(ErrorCode::Invalid, "close: 'verdict' is true_positive, false_positive or benign");
        return Command(CloseIncident{*incident, *verdict, args["reason"].asString(), signedCommand.person});
    }
    if (signedCommand.command == "reopen")
        return Command(ReopenIncident{*incident, args["reason"].asString(), signedCommand.person});
    if (signedCommand.command == "continue")
        return Command(ContinueSession{*incident, signedCommand.person});
    if (!args["to"].asString().empty() && !govern::isPersonId(args["to"].asString()))
        return fail(ErrorCode::Invalid, "assign: 'to' is nobody's id");
    return Command(Assign{*incident, args["to"].asString(), signedCommand.person});
}

/// Which logs, and what was said about them.
Result<Command> aboutLogs(const govern::Command& signedCommand)
{
    const Value& args = signedCommand.args;
    std::vector<std::filesystem::path> paths;
    for (const Value& path : args["paths"].asArray())
        paths.emplace_back(path.asString());
    const bool isPlain = std::all_of(paths.begin(), paths.end(), [](const auto& path) { return path.is_absolute(); });
    if (paths.empty() || !isPlain)
        return fail(ErrorCode::Invalid, signedCommand.command + ": 'paths' are absolute, one at least");
    ingest::ImportOptions import;
    import.zone = args["zone"].asString();
    constexpr std::int64_t tenYears = 10LL * 366 * 24 * 3600;
    import.clockOffset = std::chrono::seconds(std::clamp(args["offset_seconds"].asInt(), -tenYears, tenYears));
    import.year = static_cast<int>(std::clamp<std::int64_t>(args["year"].asInt(), 0, 9999));
    if (signedCommand.command == "follow")
        return Command(Follow{std::move(paths), signedCommand.person, std::move(import)});
    if (signedCommand.command == "add-sources")
        return Command(AddSources{std::move(paths), std::move(import), signedCommand.person});
    return Command(StopFollowing{paths.front(), signedCommand.person});
}

/// How incidents are arranged.
Result<Command> aboutArrangement(const govern::Command& signedCommand)
{
    const Value& args = signedCommand.args;
    Arrange arrange;
    arrange.act = signedCommand.command;
    arrange.by = signedCommand.person;
    arrange.why = args["why"].asString();
    arrange.order = args["order"].asString();
    if (arrange.why.size() > 8192)
        return fail(ErrorCode::Invalid, signedCommand.command + ": 'why' has at most 8,192 bytes");
    if (arrange.act == "undo-arrangement")
        return arrange.order.empty() ? Result<Command>(fail(ErrorCode::Invalid, "undo-arrangement: 'order' is missing"))
                                     : Command(std::move(arrange));
    const auto incident = incidentFrom(args["incident"].asString());
    if (!incident)
        return fail(ErrorCode::Invalid, signedCommand.command + ": 'incident' is missing");
    arrange.incident = *incident;
    for (const Value& other : args["others"].asArray()) {
        const auto id = incidentFrom(other.asString());
        if (!id)
            return fail(ErrorCode::Invalid, signedCommand.command + ": '" + other.asString().substr(0, 40) + "' is no incident; they are called INC-0001");
        arrange.others.push_back(*id);
    }
    for (const Value& alert : args["alerts"].asArray()) {
        const auto id = alertFrom(alert.asString());
        if (!id)
            return fail(ErrorCode::Invalid, signedCommand.command + ": '" + alert.asString().substr(0, 40) + "' is no alert; they are called A-0001");
        arrange.alerts.push_back(*id);
    }
    return Command(std::move(arrange));
}

} // namespace

Result<Command> commandFrom(const govern::Command& signedCommand)
{
    const Value& args = signedCommand.args;
    const std::string& by = signedCommand.person;
    const std::string& step = args["step"].asString();
    if (signedCommand.command == "halt")
        return Command(Halt{by, args["why"].asString(), args["drill"].asBool()});
    if (signedCommand.command == "resume")
        return Command(Resume{{by}});
    if (signedCommand.command == "present")
        return Command(Present{by});
    constexpr std::array<std::string_view, 5> onIncidents{"note", "assign", "continue", "close", "reopen"};
    if (std::find(onIncidents.begin(), onIncidents.end(), signedCommand.command) != onIncidents.end())
        return aboutIncident(signedCommand);
    if (signedCommand.command == "merge" || signedCommand.command == "split" || signedCommand.command == "move" ||
        signedCommand.command == "undo-arrangement")
        return aboutArrangement(signedCommand);
    if (signedCommand.command == "add-sources" || signedCommand.command == "follow" ||
        signedCommand.command == "stop-following")
        return aboutLogs(signedCommand);
    if (signedCommand.command == "exhibit-add" || signedCommand.command.starts_with("evidence-"))
        return Command(HandleEvidence{signedCommand.command, args, by});
    if (signedCommand.command == "inventory-import" || signedCommand.command == "indicators-import")
        return Command(BringList{signedCommand.command, args, by});
    if (signedCommand.command.starts_with("step-") || signedCommand.command == "sequence-accept")
        return Command(ChangeSequence{signedCommand.command, args, by});
    if (step.empty())
        return fail(ErrorCode::Invalid, signedCommand.command + ": 'step' is missing");
    if (signedCommand.command == "undo")
        return Command(UndoStep{step, by, args["overwrite_drift"].asBool()});
    if (signedCommand.command == "keep") {
        CORDON_TRY(const Timestamp until, exactTime(args["until"].asString()));
        return Command(KeepContained{step, until, by});
    }
    if (signedCommand.command == "ask-again")
        return Command(AskAgain{step, by});
    if (signedCommand.command == "done-elsewhere")
        return Command(DoneElsewhere{step, by, args["note"].asString()});
    if (signedCommand.command == "skip")
        return Command(SkipStep{step, by, args["why"].asString()});
    return fail(ErrorCode::Unsupported, "unknown command '" + signedCommand.command + "'");
}

} // namespace cordon::engine
