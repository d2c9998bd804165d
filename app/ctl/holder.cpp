#include "app/ctl/holder.h"

#include "core/crypto/random.h"
#include "core/platform/file.h"
#include "core/record/case_folder.h"

#include "core/words/words.h"

#include <chrono>
#include <iostream>
#include <thread>

namespace cordon::ctl {

namespace {

bool isHeld(const std::filesystem::path& caseFolder)
{
    auto lock = platform::File::openForReading(caseFolder / "holder.lock");
    const auto taken = lock ? lock->lock() : Result<void>();
    return !taken && taken.error().code == ErrorCode::Conflict;
}

} // namespace

Result<void> leaveInInbox(const std::string& caseFolder, const std::string& extension, const std::string& text)
{
    const std::filesystem::path inbox = record::inboxPath(caseFolder);
    const std::filesystem::path file = inbox / (crypto::randomHex(16) + extension);
    CORDON_CHECK(platform::writeFileAtomically(file, text));
    if (!isHeld(caseFolder))
        return fail(ErrorCode::Incomplete, "left in the inbox: nobody holds the case with its systems connected, and `cordonctl run "
                                           "--case … --connect …` takes it up, within ten minutes");
    constexpr int tries = 150;
    for (int i = 0; i < tries; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        if (std::filesystem::exists(std::filesystem::path(file).concat(".taken")))
            return {};
        if (std::filesystem::exists(std::filesystem::path(file).concat(".refused")))
            return fail(ErrorCode::Denied, "the console that holds the case refused it; its ledger says why");
    }
    return fail(ErrorCode::Incomplete, "left in the inbox; the console that holds the case has not taken it yet");
}

Result<void> mendIndex(const Context& context, const std::string& folder)
{
    if (!record::isCase(folder))
        return {};
    switch (record::trustInIndex(folder, context.home)) {
    case record::IndexTrust::Sound: return {};
    case record::IndexTrust::InUse:
        std::cerr << "another process holds this case: what is shown of it was not compared with its ledger\n";
        return {};
    case record::IndexTrust::None: break;
    }
    const MachineClock clock;
    CORDON_TRY(const auto pipeline,
               engine::Pipeline::open(openOptions(context, folder), clock, [](const engine::Notice& notice) {
                   if (notice.message)
                       std::cerr << words::english(*notice.message) << '\n';
               }));
    return {};
}

void CloseHeld::operator()(engine::Pipeline* held) const
{
    if (const auto finished = held->finish(); !finished)
        std::cerr << "cordonctl: the case was not closed: " << finished.error().detail << '\n';
    std::default_delete<engine::Pipeline>()(held);
}

Result<HeldCase> hold(const Context& context, const std::string& folder, const MachineClock& clock, bool acts)
{
    if (!record::isCase(folder) && std::filesystem::is_regular_file(folder))
        return fail(ErrorCode::Unsupported, folder + ": a sealed case is read and verified only; people act in the case that it was sealed from");
    if (!record::isCase(folder))
        return fail(ErrorCode::NotFound, folder + ": no case here");
    auto pipeline = engine::Pipeline::open(openOptions(context, folder), clock);
    if (!pipeline && pipeline.error().code == ErrorCode::Conflict)
        return HeldCase();
    if (!pipeline)
        return fail(pipeline.error());
    HeldCase held(pipeline->release());
    // A case without an agent has people and notes all the same; what needs the agent says so itself.
    const auto awake = held->wake();
    if (!awake && awake.error().code != ErrorCode::Unsupported)
        return fail(awake.error());
    if (!awake && acts && !held->isExercise()) {
        CORDON_TRY(const bool hasSystems, held->hasActed());
        if (hasSystems)
            return HeldCase();
    }
    if (awake) // what ran out meanwhile is closed, and can be asked again
        CORDON_CHECK(held->tick({}));
    return held;
}

} // namespace cordon::ctl
