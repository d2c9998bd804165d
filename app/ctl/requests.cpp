// Approval requests as text that travels: given out here, answered anywhere, brought back.
#include "app/ctl/holder.h"
#include "app/ctl/person_wish.h"
#include "core/engine/case_reader.h"
#include "core/factor/qr_code.h"
#include "core/govern/approval_text.h"
#include "core/govern/next_slot.h"
#include "core/govern/signed_command.h"
#include "core/platform/file.h"
#include "core/record/case_folder.h"
#include "core/words/words.h"

#include <iostream>
#include <iterator>
#include <memory>

namespace cordon::ctl {
namespace {

struct RequestWish
{
    std::string folder;
    std::string request;
    std::string file;
    int slot = 0;
    bool wantsQr = false;
};

constexpr std::size_t mostText = 512U << 10U;

/// What the process that holds the case would give the next approver. Only it has the agent's key: for another slot it
/// has to be asked, in its window by Copy request.
Result<std::string> requestBesideHolder(const RequestWish& wish)
{
    CORDON_TRY(const auto reader, engine::CaseReader::open(wish.folder));
    CORDON_TRY(const auto rows, reader->approvals());
    for (const engine::ApprovalRow& row : rows) {
        if (row.id != wish.request)
            continue;
        if (wish.slot != 0 && wish.slot != row.slot)
            return fail(ErrorCode::Conflict, "another process holds this case: without --slot the next approver's text can "
                                             "be had; any other from its window (Copy request…)");
        return row.requestText;
    }
    return fail(ErrorCode::NotFound, "no request " + wish.request + " in this case");
}

Result<std::string> requestOf(const Context& context, const RequestWish& wish)
{
    const MachineClock clock;
    CORDON_TRY(const auto pipeline, hold(context, wish.folder, clock, true));
    if (!pipeline)
        return requestBesideHolder(wish);
    int slot = wish.slot;
    if (const govern::DeskRequest* held = pipeline->approvals().find(wish.request); held && slot == 0)
        slot = govern::nextSlot(*held);
    CORDON_TRY(std::string text, pipeline->requestText(wish.request, slot));
    CORDON_CHECK(pipeline->finish());
    return text;
}

int giveRequest(const Context& context, const RequestWish& wish)
{
    const auto text = requestOf(context, wish);
    if (!text)
        return failed(text.error());
    if (!wish.wantsQr) {
        std::cout << *text;
        return Done;
    }
    for (const std::string& piece : factor::piecesForQr(*text)) {
        const auto code = factor::QrCode::of(piece);
        if (!code)
            return failed(code.error());
        std::cout << code->toBlocks() << '\n';
    }
    return Done;
}

Result<std::string> textFrom(const std::string& file)
{
    std::string text;
    if (file.empty() || file == "-") {
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
        if (text.size() > mostText)
            return fail(ErrorCode::Invalid, "the reply is longer than 512 KiB");
    } else {
        CORDON_TRY(text, platform::readFile(file, mostText));
    }
    return factor::joinedFromQr(text);
}

/// A command that a person signed on another machine, such as joining an exercise.
Result<Value> bringCommand(const Context& context, const RequestWish& wish, const std::string& command, const std::string& text)
{
    const MachineClock clock;
    CORDON_TRY(const auto pipeline, hold(context, wish.folder, clock, true));
    Value answer = Value::Object{{"command", command}};
    if (!pipeline) {
        CORDON_CHECK(leaveInInbox(wish.folder, ".command", text));
        answer.set("through", "inbox");
        return answer;
    }
    CORDON_CHECK(pipeline->applySigned(text, {}));
    CORDON_CHECK(pipeline->finish());
    answer.set("taken", true);
    return answer;
}

Result<Value> bringReply(const Context& context, const RequestWish& wish)
{
    CORDON_TRY(const std::string text, textFrom(wish.file));
    if (const std::string command = govern::namedCommand(text); !command.empty())
        return bringCommand(context, wish, command, text);
    CORDON_TRY(const Approval given, govern::readReply(text));
    const MachineClock clock;
    CORDON_TRY(const auto pipeline, hold(context, wish.folder, clock, true));
    Value answer = Value::Object{
        {"request", given.request}, {"by", given.approver}, {"approved", given.isApproved}};
    if (!pipeline) {
        CORDON_CHECK(leaveInInbox(wish.folder, ".reply", text));
        answer.set("through", "inbox");
        return answer;
    }
    CORDON_CHECK(pipeline->apply(engine::SubmitReply{text}, {}));
    CORDON_CHECK(pipeline->finish());
    answer.set("complete", pipeline->lastAnswer().isComplete);
    if (const govern::DeskRequest* held = pipeline->approvals().find(given.request)) {
        answer.set("state", govern::toString(held->state));
        if (engine::IncidentFile* file = pipeline->fileOfStep(held->request.step)) {
            const Step& step = *file->step(held->request.step);
            answer.set("step", step.id);
            answer.set("step_state", toString(step.state));
            answer.set("note", step.note.code.empty() ? std::string() : words::english(step.note));
        }
    }
    return answer;
}

int takeReply(const Context& context, const RequestWish& wish)
{
    return told(context, bringReply(context, wish));
}

} // namespace

void addRequestCommands(CLI::App& app, Context& context, int& status)
{
    auto request = std::make_shared<RequestWish>();
    CLI::App* give = app.add_subcommand("request", "prints a request as signed text, to be answered anywhere");
    give->add_option("CASE", request->folder)->required();
    give->add_option("REQUEST", request->request, "such as AR-0001")->required();
    give->add_option("--slot", request->slot, "for which approver, 1 and up; else for the next one")
        ->check(CLI::Range(1, 9));
    give->add_flag("--qr", request->wantsQr, "as QR codes");
    give->callback([&context, &status, wish = request] { status = giveRequest(context, *wish); });

    auto reply = std::make_shared<RequestWish>();
    CLI::App* take = app.add_subcommand("reply", "takes a signed reply, or a command signed elsewhere, in that came as text");
    take->add_option("CASE", reply->folder)->required();
    take->add_option("FILE", reply->file, "- or nothing reads standard input");
    take->callback([&context, &status, wish = reply] { status = takeReply(context, *wish); });
}

} // namespace cordon::ctl
