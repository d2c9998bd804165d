// Somebody puts the case into a file while it is held here.
#include "core/engine/pipeline.h"
#include "core/record/sealing_note.h"

#include <thread>

namespace cordon::engine {
namespace {

constexpr auto longestStand = std::chrono::seconds(3);
constexpr auto beat = std::chrono::milliseconds(10);

std::filesystem::path withEnding(const std::filesystem::path& request, std::string_view ending)
{
    return request.string() + std::string(ending);
}

/// Until the sealer's connection sees the index as the ledger has just named it; nothing is written meanwhile.
void standStill(const std::filesystem::path& request, const std::stop_token& stop)
{
    const auto still = withEnding(request, record::holderStandsEnding);
    const auto seen = withEnding(request, record::sealerSawEnding);
    std::error_code ignored;
    if (platform::writeFileAtomically(still, "still\n")) {
        for (auto waited = beat; waited < longestStand && !stop.stop_requested() && !std::filesystem::exists(seen, ignored); waited += beat)
            std::this_thread::sleep_for(beat);
    }
    std::filesystem::remove(still, ignored);
    std::filesystem::remove(seen, ignored);
}

} // namespace

/// The ledger says so, as it was stated, and names what the index holds now; its head is signed.
Result<void> Pipeline::noteSealing(const std::filesystem::path& request, const std::string& text, const std::stop_token& stop)
{
    CORDON_TRY(const record::SealingNote note, record::readSealingRequest(text));
    LedgerDraft draft = record::sealingDraft(note);
    draft.data.set("through", "inbox");
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    saveChanged();
    CORDON_CHECK(keepIndex());
    CORDON_CHECK(m_journal->signHead());
    standStill(request, stop);
    return {};
}

} // namespace cordon::engine
