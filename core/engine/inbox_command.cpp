#include "core/engine/inbox_command.h"

namespace cordon::engine {

Result<Command> commandFrom(const govern::Command& signedCommand)
{
    const Value& args = signedCommand.args;
    const std::string& by = signedCommand.person;
    const std::string& step = args["step"].asString();
    if (signedCommand.command == "halt")
        return Command(Halt{by, args["why"].asString()});
    if (signedCommand.command == "resume")
        return Command(Resume{{by}});
    if (signedCommand.command == "present")
        return Command(Present{by});
    if (step.empty())
        return fail(ErrorCode::Invalid, signedCommand.command + ": 'step' is missing");
    if (signedCommand.command == "undo")
        return Command(UndoStep{step, by, args["overwrite_drift"].asBool()});
    if (signedCommand.command == "keep") {
        CORDON_TRY(const Timestamp until, Timestamp::parse(args["until"].asString()));
        return Command(KeepContained{step, until, by});
    }
    if (signedCommand.command == "ask-again")
        return Command(AskAgain{step, by});
    if (signedCommand.command == "done-elsewhere")
        return Command(DoneElsewhere{step, by, args["note"].asString()});
    return fail(ErrorCode::Unsupported, "unknown command '" + signedCommand.command + "'");
}

} // namespace cordon::engine
