#include "core/connectors/change/change_text.h"

#include "core/act/permit_check.h"

#include <algorithm>

namespace cordon::connectors::change {
namespace {

constexpr std::size_t mostOfId = 200;
constexpr std::size_t mostOfSummary = 900;
constexpr std::size_t mostOfTitle = 160;

std::string plain(std::string text, std::size_t most = mostOfId)
{
    if (text.size() > most)
        text = text.substr(0, most) + "...";
    for (char& c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x7f || std::string_view("[]{}<>|*_`^~!\\").find(c) != std::string_view::npos)
            c = '.';
    }
    return text;
}

} // namespace

Result<ChangeText> ChangeText::of(const Action& action)
{
    CORDON_TRY(const Digest digest, act::actionDigest(action));
    ChangeText text;
    text.mark = "cordon-" + digest.hex().substr(0, 32);
    text.title = "Cordon " + plain(action.incident) + ": " + (action.type == "change.open" ? "containment of " : "note on ") + plain(action.targets.front().id);
    text.title.resize(std::min(text.title.size(), mostOfTitle));
    text.body = "Incident: " + plain(action.incident) + "\nSession: " + plain(action.session) + "\nMandate: " + plain(action.mandate) + '\n';
    for (const EntityRef& target : action.targets)
        text.body += "Affected: " + std::string(toString(target.kind)) + ' ' + plain(target.id) + '\n';
    const std::pair<const char*, const char*> told[]{{"playbook", "Playbook: "}, {"record", "Record: "}, {"summary", "Outcome: "}};
    for (const auto& [name, heading] : told) {
        if (const std::string& said = action.params[name].asString(); !said.empty())
            text.body += heading + plain(said, name == std::string_view("summary") ? mostOfSummary : mostOfId) + '\n';
    }
    text.body += text.mark;
    return text;
}

bool isRecordName(const std::string& text)
{
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

} // namespace cordon::connectors::change
