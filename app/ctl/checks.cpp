// The command that asks the gate.
#include "app/ctl/ctl.h"
#include "core/govern/gate.h"
#include "core/govern/gate_json.h"
#include "core/govern/mandate_rules.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <memory>

namespace cordon::ctl {
namespace {

int askGate(const std::string& mandateFile, const std::string& requestFile)
{
    const auto ask = [&]() -> Result<Value> {
        CORDON_TRY(const std::string mandateText, platform::readFile(mandateFile));
        CORDON_TRY(Mandate mandate, govern::parseMandate(mandateText, mandateFile));
        CORDON_TRY(const std::string requestText, platform::readFile(requestFile));
        CORDON_TRY(const Value value, json::parse(requestText));
        CORDON_TRY(govern::GateRequest request, govern::gateRequestFromValue(value));
        request.mandate = std::make_shared<const Mandate>(std::move(mandate));
        return govern::decisionToValue(govern::Gate().rule(request).decision);
    };
    auto answer = ask();
    if (!answer)
        return failed(answer.error());
    printJson(*answer);
    return Done;
}

} // namespace

void addCheckCommands(CLI::App& app, Context&, int& status)
{
    CLI::App* gate = app.add_subcommand("gate", "asks the gate without acting");
    auto file = std::make_shared<std::string>();
    auto request = std::make_shared<std::string>();
    gate->add_option("--mandate", *file)->required();
    gate->add_option("--request", *request)->required();
    gate->callback([&status, file, request] { status = askGate(*file, *request); });
}

} // namespace cordon::ctl
