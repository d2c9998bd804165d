#include "core/govern/signed_command.h"

#include "core/govern/text_block.h"

#include <algorithm>
#include <array>

namespace cordon::govern {
namespace {

constexpr std::string_view commandFormat = "cordon.command.v1";
constexpr std::array<std::string_view, 9> knownCommands{"halt",   "resume",         "undo",  "keep", "note",
                                                        "assign", "done-elsewhere", "close", "deny"};

bool isNonce(const std::string& text)
{
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

} // namespace

Value Command::toValue() const
{
    return Value::Object{{"v", 1},           {"command", command},          {"args", args},
                         {"person", person}, {"issued", issued.toString()}, {"nonce", nonce},
                         {"case", caseName}};
}

Result<Command> Command::fromValue(const Value& value)
{
    Command command;
    command.command = value["command"].asString();
    const bool isKnown = std::find(knownCommands.begin(), knownCommands.end(), command.command) != knownCommands.end();
    if (value["v"].asInt() != 1 || value.asObject().size() != 7 || !isKnown || !value["args"].isObject())
        return fail(ErrorCode::Invalid, "command_unreadable: not a version 1 command");
    command.args = value["args"];
    command.person = value["person"].asString();
    command.nonce = value["nonce"].asString();
    command.caseName = value["case"].asString();
    const auto issued = Timestamp::parse(value["issued"].asString());
    if (!issued || !isNonce(command.nonce) || !isPersonId(command.person))
        return fail(ErrorCode::Invalid, "command_unreadable: person, nonce or time");
    command.issued = *issued;
    return command;
}

Result<std::string> signCommand(const Command& command, const crypto::SigningKey& key)
{
    CORDON_CHECK(Command::fromValue(command.toValue()));
    return makeTextBlock(commandFormat, command.toValue(), command.person, key);
}

Result<Command> verifyCommand(std::string_view textBlock, const PeopleDirectory& people, const std::string& caseName,
                              Timestamp wall, Duration window, std::set<std::string>& seenNonces)
{
    const auto block = readTextBlock(commandFormat, textBlock);
    if (!block)
        return fail(ErrorCode::Invalid, "command_unreadable: " + block.error().detail);
    CORDON_TRY(Command command, Command::fromValue(block->content));
    const Person* person = people.find(command.person);
    if (!person)
        return fail(ErrorCode::Untrusted, "person_unknown: " + command.person);
    if (person->isRevoked)
        return fail(ErrorCode::Untrusted, "key_revoked: " + command.person);
    if (!block->note.isSignedBy(command.person, person->key))
        return fail(ErrorCode::Untrusted, "signature_bad: " + command.person);
    if (!person->hasRole("analyst") && !person->hasRole("commander"))
        return fail(ErrorCode::Denied, "role_missing: " + command.person);
    if (command.caseName != caseName)
        return fail(ErrorCode::Denied, "case_other: " + command.caseName);
    if (command.issued < wall - window || command.issued > wall + window)
        return fail(ErrorCode::Denied, "too_old: " + command.issued.toString());
    if (!seenNonces.insert(command.nonce).second)
        return fail(ErrorCode::Denied, "nonce_used: " + command.nonce);
    return command;
}

} // namespace cordon::govern
