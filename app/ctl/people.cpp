// Commands that people give about a case: approve, deny, undo, keep, done-elsewhere, halt, resume.
#include "app/ctl/holder.h"
#include "app/ctl/named_things.h"
#include "app/ctl/person_id.h"
#include "app/ctl/person_wish.h"
#include "core/crypto/random.h"
#include "core/engine/agent_vault.h"
#include "core/engine/case_reader.h"
#include "core/engine/exercise_parties.h"
#include "core/engine/people_office.h"
#include "core/engine/pipeline.h"
#include "core/govern/kill_switch.h"
#include "core/govern/next_slot.h"
#include "core/govern/signed_command.h"
#include "core/record/case_folder.h"
#include "core/record/doubted_clock.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <algorithm>
#include <set>
#include <iostream>
#include <memory>
#include <optional>

namespace cordon::ctl {
namespace {

/// Where the person's vault lies: in the exercise, or with the people of the installation.
std::filesystem::path vaultFolder(const Context& context, const std::string& caseFolder, const std::string& person)
{
    const std::filesystem::path own = engine::ExerciseParties::peopleFolder(record::exercisePath(caseFolder));
    const std::string name = person.substr(person.find(':') + 1) + ".vault.json";
    return !caseFolder.empty() && std::filesystem::exists(own / name) ? own : engine::PeopleOffice::folder(context.home);
}

/// The step-up program over the people of a case.
Result<std::string> askPerson(const Context& context, const PersonWish& wish, std::vector<std::string> arguments,
                              std::string input)
{
    const std::filesystem::path exercise = record::exercisePath(wish.folder);
    const auto origin = record::caseOrigin(wish.folder); // a folder that somebody put there makes no exercise
    const bool isExercise = origin && record::isExerciseOrigin(*origin);
    if (!hasVault(context, wish))
        return fail(ErrorCode::NotFound, "person_unknown: no key of " + wish.person + " lies on this machine. Who is enrolled here: cordonctl people list" +
                                             (isExercise ? "; who takes part in this exercise: " + (exercise / "banner.json").string() : std::string()));
    const std::filesystem::path agentKey = isExercise ? engine::ExerciseParties::agentKeyFile(exercise)
                                                                             : engine::AgentVault(context.home).publicKeyFile();
    arguments.insert(arguments.end(), {"--people", vaultFolder(context, wish.folder, wish.person).string(), "--agent-key",
                                       agentKey.string(), "--as", wish.person});
    return askStepUp(context, wish.factors, std::move(arguments), std::move(input));
}

struct OpenRequest
{
    std::string text;
    int slot = 1;
    std::string state;                  ///< as a reply would be refused with, "" while it can be answered
    std::vector<std::string> approvers; ///< so far
};

std::string closedState(const std::string& state)
{
    return state == "pending" || state == "waiting" || state == "partly" ? std::string()
           : state == "executed"                                          ? std::string("consumed")
                                                                          : state;
}

Result<OpenRequest> findRequest(engine::Pipeline* pipeline, const std::string& folder, const std::string& id)
{
    OpenRequest request;
    if (pipeline) {
        CORDON_TRY(request.text, pipeline->requestText(id));
        if (const govern::DeskRequest* held = pipeline->approvals().find(id)) {
            request.slot = govern::nextSlot(*held);
            request.state = closedState(std::string(govern::toString(held->state)));
            if (held->state == govern::RequestState::Void)
                request.state += ": " + held->why;
            for (const govern::AcceptedApproval& given : held->accepted)
                request.approvers.push_back(given.approver);
        }
        return request;
    }
    CORDON_TRY(const auto reader, engine::CaseReader::open(folder));
    CORDON_TRY(const auto rows, reader->approvals());
    for (const engine::ApprovalRow& row : rows) {
        if (row.id == id)
            return OpenRequest{row.requestText, row.slot, closedState(row.state), row.approvers};
    }
    return fail(ErrorCode::NotFound, "no request " + id + " in this case");
}

/// `1 of 2, a commander must follow`.
std::string approvalsSoFar(const govern::DeskRequest& held)
{
    const bool hasCommander = std::any_of(held.accepted.begin(), held.accepted.end(), [](const govern::AcceptedApproval& given) {
        return std::find(given.roles.begin(), given.roles.end(), "commander") != given.roles.end();
    });
    return std::to_string(held.accepted.size()) + " of " + std::to_string(held.request.needs.approvers) +
           (held.request.needs.needsCommander && !hasCommander ? ", a commander must follow" : ", another person must follow");
}

/// What the agent has to do something about.
bool isForAgent(const std::string& command)
{
    static const std::set<std::string, std::less<>> all{"undo", "keep", "ask-again", "present", "done-elsewhere", "continue", "skip", "resume",
                                                        "step-move", "step-add", "step-edit", "step-restore", "sequence-accept"};
    return all.contains(command);
}

Result<Value> answerRequest(const Context& context, const PersonWish& wish, bool isApproved)
{
    const MachineClock clock;
    CORDON_TRY(const auto pipeline, hold(context, wish.folder, clock, true));
    CORDON_TRY(const OpenRequest request, findRequest(pipeline.get(), wish.folder, wish.target));
    // What the engine would refuse is refused before anybody types a PIN for it.
    if (!request.state.empty())
        return fail(ErrorCode::Denied, "request_" + request.state);
    if (std::find(request.approvers.begin(), request.approvers.end(), wish.person) != request.approvers.end())
        return fail(ErrorCode::Denied, "same_person");
    std::vector<std::string> arguments{"--slot", std::to_string(request.slot)};
    if (!isApproved)
        arguments.emplace_back("--deny");
    if (wish.hasSecurityKey)
        arguments.emplace_back("--security-key");
    if (wish.isAgentPaused)
        arguments.emplace_back("--pause-agent");
    if (!wish.reason.empty())
        arguments.insert(arguments.end(), {"--reason", wish.reason});
    CORDON_TRY(const std::string reply, askPerson(context, wish, std::move(arguments), request.text));
    Value answer = Value::Object{{"request", wish.target}, {"by", wish.person}, {"approved", isApproved}};
    if (!pipeline) {
        CORDON_CHECK(leaveInInbox(wish.folder, ".reply", reply));
        answer.set("through", "inbox");
        return answer;
    }
    CORDON_CHECK(pipeline->apply(engine::SubmitReply{reply}, {}));
    CORDON_CHECK(pipeline->finish());
    answer.set("complete", pipeline->lastAnswer().isComplete);
    const govern::DeskRequest* held = pipeline->approvals().find(wish.target);
    answer.set("state", held ? govern::toString(held->state) : "unknown");
    if (held) {
        if (isApproved && held->state == govern::RequestState::Pending)
            answer.set("approvals", approvalsSoFar(*held));
        if (engine::IncidentFile* file = pipeline->fileOfStep(held->request.step)) {
            const Step& step = *file->step(held->request.step);
            answer.set("step", step.id);
            answer.set("step_state", toString(step.state));
            answer.set("note", step.note.code.empty() ? std::string() : words::english(step.note));
        }
    }
    return answer;
}

/// A time as people sign it, however it was typed; what is none is refused by whoever takes it.
std::string spelled(const std::string& time)
{
    const auto read = Timestamp::parse(time);
    return read ? read->toString() : time;
}

/// Where a resume leaves the agent: who resumed so far, and how many it takes.
void addStopState(Value& answer, const Context& context, const std::string& folder)
{
    const govern::KillSwitch own(record::haltPath(folder), context.home / "halt");
    answer.set("agent", govern::toString(own.state()));
    const auto record = own.record();
    if (!record)
        return;
    std::string people;
    for (const std::string& person : record->resumedBy)
        people += (people.empty() ? "" : ", ") + person;
    answer.set("resumed", std::to_string(record->resumedBy.size()) + " of " + std::to_string(record->needs.act) + " people, " +
                              std::to_string(record->needs.observe) + " to observe: " + people);
}

} // namespace

bool hasVault(const Context& context, const PersonWish& wish)
{
    const std::string name = wish.person.substr(wish.person.find(':') + 1) + ".vault.json";
    return std::filesystem::exists(vaultFolder(context, wish.folder, wish.person) / name);
}

Result<std::string> signFor(const Context& context, const PersonWish& wish, const std::string& command, Value args,
                            const std::string& origin)
{
    govern::Command order;
    order.command = command;
    order.args = std::move(args);
    order.person = wish.person;
    order.issued = MachineClock().now();
    if (const std::string clock = record::clockToVouchFor(wish.folder, order.issued); !clock.empty())
        order.args.set("clock", clock);
    order.nonce = crypto::randomHex(16);
    order.caseOrigin = origin;
    return askPerson(context, wish, {"--sign-command", "-"}, json::write(order.toValue()));
}

Result<Value> giveCommand(const Context& context, const PersonWish& wish, const std::string& command, Value args,
                          const std::function<Result<void>()>& signedOnly)
{
    const MachineClock clock;
    CORDON_TRY(const auto pipeline, hold(context, wish.folder, clock, isForAgent(command)));
    CORDON_TRY(const std::string origin, record::caseOrigin(wish.folder));
    CORDON_CHECK(checkNamed(pipeline.get(), wish.folder, command, args));
    CORDON_TRY(const std::string text, signFor(context, wish, command, std::move(args), origin));
    if (signedOnly)
        CORDON_CHECK(signedOnly());
    Value answer = Value::Object{{"command", command}, {"by", wish.person}};
    if (!pipeline) {
        CORDON_CHECK(leaveInInbox(wish.folder, ".command", text));
        answer.set("through", "inbox");
        return answer;
    }
    const bool hasOutcome = command == "merge" || command == "step-add";
    CORDON_TRY(const std::int64_t before, hasOutcome ? ledgerSize(wish.folder) : Result<std::int64_t>(0));
    CORDON_CHECK(pipeline->applySigned(text, {}));
    CORDON_CHECK(pipeline->finish());
    if (hasOutcome)
        CORDON_CHECK(addOutcome(answer, wish.folder, before));
    if (command == "resume")
        addStopState(answer, context, wish.folder);
    const std::string named = answer["step"].isString() ? answer["step"].asString() : wish.target;
    if (engine::IncidentFile* file = pipeline->fileOfStep(named)) {
        const Step& step = *file->step(named);
        answer.set("step", step.id);
        answer.set("step_state", toString(step.state));
        answer.set("lease_until", step.leaseUntil ? Value(step.leaseUntil->toString()) : Value());
    }
    return answer;
}

int told(const Context& context, const Result<Value>& answer)
{
    if (!answer)
        return failed(answer.error());
    if (context.wantsJson) {
        printJson(*answer);
        return Done;
    }
    for (const auto& [name, value] : answer->asObject()) {
        if (value.isString() && value.asString().empty())
            continue; // nothing to say
        if (value.isString())
            std::cout << name << ": " << value.asString() << '\n';
        else if (value.isBool())
            std::cout << name << ": " << (value.asBool() ? "yes" : "no") << '\n';
        else if (value.isInt())
            std::cout << name << ": " << value.asInt() << '\n';
    }
    return Done;
}

void addFactors(CLI::App& command, const std::shared_ptr<PersonWish>& wish)
{
    command.add_option("--as", wish->person, "who gives it, such as user:analyst-a")->required()->transform(personId);
    wish->factors.addTo(command);
    command.add_option("--code-fd", wish->factors.codeFd, "file descriptor that gives the short code typed");
    command.add_option("--target-fd", wish->factors.targetFd, "file descriptor that gives the target's name typed");
}

namespace {

int halt(const Context& context, const PersonWish& wish)
{
    const MachineClock clock;
    if (auto made = platform::makeFolders(context.home); !made)
        return failed(made.error());
    govern::KillSwitch killSwitch(context.home / "halt");
    auto halted = killSwitch.halt(wish.person.empty() ? "user:local" : wish.person, wish.reason, clock.now(),
                                  wish.isDrill);
    if (!halted)
        return failed(halted.error());
    std::cout << (context.wantsJson ? "{\"state\":\"halted\"}\n" : "halted: nothing acts until people resume\n");
    return Done;
}

} // namespace

void addPeopleCommands(CLI::App& app, Context& context, int& status)
{
    for (const bool isApproved : {true, false}) {
        auto wish = std::make_shared<PersonWish>();
        CLI::App* command = app.add_subcommand(isApproved ? "approve" : "deny",
                                               isApproved ? "approves a request through the step-up program"
                                                          : "denies a request; final for this action");
        command->add_option("CASE", wish->folder)->required();
        command->add_option("REQUEST", wish->target, "such as AR-0001")->required();
        command->add_option("--reason", wish->reason, "kept in the ledger");
        if (!isApproved)
            command->add_flag("--pause-agent", wish->isAgentPaused, "halt the agent too");
        if (isApproved) {
            command->add_flag("--security-key", wish->hasSecurityKey, "touch one in place of the authenticator code");
            command->add_option("--key-pin-fd", wish->factors.keyPinFd, "file descriptor that gives the PIN of that key");
        }
        addFactors(*command, wish);
        command->callback([&context, &status, wish, isApproved] {
            status = told(context, answerRequest(context, *wish, isApproved));
        });
    }
    auto undoWish = std::make_shared<PersonWish>();
    CLI::App* undo = app.add_subcommand("undo", "takes a verified step back");
    undo->add_option("CASE", undoWish->folder)->required();
    undo->add_option("STEP", undoWish->target, "such as INC-0001/S3")->required();
    undo->add_flag("--overwrite-drift", undoWish->overwritesDrift, "also when somebody else changed it since");
    addFactors(*undo, undoWish);
    undo->callback([&context, &status, wish = undoWish] {
        status = told(context, giveCommand(context, *wish, "undo",
                                           Value::Object{{"step", wish->target},
                                                         {"overwrite_drift", wish->overwritesDrift}}));
    });

    auto keepWish = std::make_shared<PersonWish>();
    CLI::App* keep = app.add_subcommand("keep", "keeps a containment whose lease would end, until a later time that a person names");
    keep->add_option("CASE", keepWish->folder)->required();
    keep->add_option("STEP", keepWish->target, "a verified step with a lease, such as INC-0001/S3; or an incident, for all its leases")->required();
    keep->add_option("--until", keepWish->until, "such as 2026-11-21T18:00:00Z, by the case's clock; at most until the mandate ends")->required();
    addFactors(*keep, keepWish);
    keep->callback([&context, &status, wish = keepWish] {
        status = told(context, giveCommand(context, *wish, "keep",
                                           Value::Object{{"step", wish->target}, {"until", spelled(wish->until)}}));
    });

    auto againWish = std::make_shared<PersonWish>();
    CLI::App* again = app.add_subcommand("ask-again", "has a request made anew that ran out or became void");
    again->add_option("CASE", againWish->folder)->required();
    again->add_option("STEP", againWish->target, "such as INC-0001/S3")->required();
    addFactors(*again, againWish);
    again->callback([&context, &status, wish = againWish] {
        status = told(context, giveCommand(context, *wish, "ask-again", Value::Object{{"step", wish->target}}));
    });

    auto hereWish = std::make_shared<PersonWish>();
    CLI::App* here = app.add_subcommand("present", "says that somebody is here, after a restart or a clock set back");
    here->add_option("CASE", hereWish->folder)->required();
    addFactors(*here, hereWish);
    here->callback([&context, &status, wish = hereWish] {
        status = told(context, giveCommand(context, *wish, "present", Value::Object{}));
    });

    auto doneWish = std::make_shared<PersonWish>();
    CLI::App* done = app.add_subcommand("done-elsewhere", "records what a person did outside; Cordon verifies it");
    done->add_option("CASE", doneWish->folder)->required();
    done->add_option("STEP", doneWish->target)->required();
    done->add_option("--note", doneWish->reason, "how and by whom")->required();
    addFactors(*done, doneWish);
    done->callback([&context, &status, wish = doneWish] {
        status = told(context, giveCommand(context, *wish, "done-elsewhere",
                                           Value::Object{{"step", wish->target}, {"note", wish->reason}}));
    });

    addSmallCommands(app, context, status);
    auto haltWish = std::make_shared<PersonWish>();
    CLI::App* stop = app.add_subcommand("halt", "stops every agent of this installation at once");
    stop->add_option("--as", haltWish->person, "who halts");
    stop->add_option("--why", haltWish->reason, "kept with the halt");
    stop->add_flag("--drill", haltWish->isDrill, "to practise it: halts all the same, and the ledger keeps it as a drill");
    stop->callback([&context, &status, wish = haltWish] { status = halt(context, *wish); });

    auto continueWish = std::make_shared<PersonWish>();
    CLI::App* goOn = app.add_subcommand("continue", "lets a session go on that paused after failures");
    goOn->add_option("CASE", continueWish->folder)->required();
    goOn->add_option("INCIDENT", continueWish->target, "such as INC-0001")->required();
    addFactors(*goOn, continueWish);
    goOn->callback([&context, &status, wish = continueWish] {
        status = told(context, giveCommand(context, *wish, "continue", Value::Object{{"incident", wish->target}}));
    });

    auto resumeWish = std::make_shared<PersonWish>();
    CLI::App* resume = app.add_subcommand("resume", "one person for observing, two for acting");
    resume->add_option("CASE", resumeWish->folder, "case whose people resume")->required();
    addFactors(*resume, resumeWish);
    resume->callback([&context, &status, wish = resumeWish] {
        status = told(context, giveCommand(context, *wish, "resume", Value::Object{}));
    });
}

} // namespace cordon::ctl
