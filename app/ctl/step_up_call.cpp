#include "app/ctl/step_up_call.h"

#include "core/platform/process_runner.h"

namespace cordon::ctl {

void FactorWish::addTo(CLI::App& command)
{
    command.add_option("--pin-fd,--passphrase-fd", pinFd, "file descriptor that gives the PIN; asked for on the terminal when not told");
    command.add_option("--totp-fd", totpFd, "file descriptor that gives the six digits of the authenticator, where they are wanted: Destructive steps, owners' signatures, resuming; asked for on the terminal when not told");
}

Result<std::string> askStepUp(const Context& context, const FactorWish& factors, std::vector<std::string> arguments,
                              std::string input)
{
    platform::ProcessRequest request;
    request.program = context.program.parent_path() / "cordon_approve_tty";
    request.arguments = std::move(arguments);
    const std::pair<const char*, int> descriptors[]{{"--pin-fd", factors.pinFd},
                                                    {"--totp-fd", factors.totpFd},
                                                    {"--code-fd", factors.codeFd},
                                                    {"--target-fd", factors.targetFd},
                                                    {"--key-pin-fd", factors.keyPinFd}};
    for (const auto& [name, descriptor] : descriptors) {
        if (descriptor < 0)
            continue;
        request.arguments.insert(request.arguments.end(), {name, std::to_string(descriptor)});
        request.inheritedDescriptors.push_back(descriptor);
    }
    request.input = std::move(input);
    request.inheritsTerminal = true;
    CORDON_TRY(platform::ProcessReply reply, platform::runProcess(request));
    if (reply.exitStatus != 0)
        return fail(ErrorCode::Denied, "the step-up program gave no signature (its reason is above)");
    return std::move(reply.output);
}

} // namespace cordon::ctl
