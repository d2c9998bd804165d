#include "core/record/sealing_note.h"

#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::size_t longestName = 300;

bool isName(const Value& text)
{
    return text.isString() && text.asString().size() <= longestName &&
           std::none_of(text.asString().begin(), text.asString().end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

} // namespace

LedgerDraft sealingDraft(const SealingNote& note)
{
    LedgerDraft draft;
    draft.type = "case.sealed";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.incident = note.incident;
    draft.data = Value::Object{{"holds", note.incident.empty() ? "case" : "incident"}, {"file", note.file},
                               {"operator", note.sealedBy}, {"program", note.program}};
    if (!note.incident.empty())
        draft.data.set("incident", note.incident);
    return draft;
}

std::string sealingRequest(const SealingNote& note)
{
    return json::write(Value::Object{{"incident", note.incident}, {"file", note.file}, {"operator", note.sealedBy}, {"program", note.program}});
}

Result<SealingNote> readSealingRequest(std::string_view text)
{
    CORDON_TRY(const Value said, json::parse(text));
    for (const char* member : {"incident", "file", "operator", "program"}) {
        if (!isName(said[member]))
            return fail(ErrorCode::Invalid, "a sealing whose names are missing, too long or hold control characters");
    }
    return SealingNote{said["incident"].asString(), said["file"].asString(), said["operator"].asString(), said["program"].asString()};
}

} // namespace cordon::record
