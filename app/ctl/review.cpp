// A reviewer's notes on a sealed case: a signed file of their own.
#include "app/ctl/ctl.h"
#include "core/base/clock.h"
#include "core/base/display_escape.h"
#include "core/platform/file.h"
#include "core/record/reviewer_notes.h"
#include "core/record/sealed_case.h"

#include <iostream>
#include <memory>

namespace cordon::ctl {
namespace {

struct ReviewWish
{
    std::string sealed;
    std::string notes;
    std::string text;
    std::string incident;
    std::int64_t seq = -1;
    std::string reviewer = "reviewer";
    std::string key;
};

Result<crypto::SigningKey> keyOf(const std::string& file)
{
    CORDON_TRY(std::string text, platform::readFile(file, 4096));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    auto seed = fromHex(text);
    crypto::wipe(text);
    if (!seed)
        return fail(ErrorCode::Invalid, file + ": expected 64 lower-case hex digits (an Ed25519 seed)");
    auto key = crypto::SigningKey::fromSeed(bytesOf(*seed));
    crypto::wipe(*seed);
    return key;
}

/// Notes that are there, if they are about this case.
Result<std::optional<record::ReviewerNotes>> notesIn(const std::string& file, const record::SealedManifest& manifest)
{
    const auto bytes = platform::readFile(file, 16U << 20U);
    if (!bytes && bytes.error().code == ErrorCode::NotFound)
        return std::optional<record::ReviewerNotes>();
    if (!bytes)
        return fail(bytes.error());
    CORDON_TRY(auto notes, record::ReviewerNotes::parse(*bytes));
    if (!notes.belongTo(manifest))
        return fail(ErrorCode::Corrupt, file + ": these notes are about another case, or another state of it");
    return std::optional(std::move(notes));
}

Result<record::ReviewerNotes> reviewed(const ReviewWish& wish)
{
    CORDON_TRY(const auto sealed, record::SealedCase::open(wish.sealed));
    CORDON_TRY(auto found, notesIn(wish.notes, sealed->manifest()));
    if (wish.text.empty()) {
        if (!found)
            return fail(ErrorCode::NotFound, wish.notes + ": no notes here");
        return *found;
    }
    CORDON_TRY(const crypto::SigningKey key, keyOf(wish.key));
    record::ReviewerNotes notes =
        found ? std::move(*found) : record::ReviewerNotes::of(sealed->manifest(), wish.reviewer, key.publicKey());
    notes.remarks.push_back({MachineClock().now(), wish.incident, wish.seq, wish.text});
    CORDON_TRY(const std::string text, notes.signedBy(key));
    CORDON_CHECK(platform::writeFileAtomically(wish.notes, text));
    return notes;
}

int review(const Context& context, const ReviewWish& wish)
{
    const auto notes = reviewed(wish);
    if (!notes)
        return failed(notes.error());
    if (context.wantsJson) {
        printJson(notes->toValue());
        return Done;
    }
    std::cout << "notes by " << escapedForDisplay(notes->reviewer) << ", key " << notes->key.fingerprint() << ", on "
              << escapedForDisplay(notes->origin) << " at " << notes->entries << " entries: signature OK\n";
    for (const record::ReviewerNotes::Remark& remark : notes->remarks)
        std::cout << "  " << remark.at.toString() << (remark.incident.empty() ? "" : "  " + escapedForDisplay(remark.incident))
                  << (remark.seq < 0 ? "" : "  entry " + std::to_string(remark.seq)) << "  " << escapedForDisplay(remark.text) << "\n";
    return Done;
}

} // namespace

void addReview(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<ReviewWish>();
    CLI::App* command = app.add_subcommand("review", "a reviewer's notes on a sealed case, in a signed file of their own");
    command->add_option("FILE", wish->sealed, "X.cordonz")->required();
    command->add_option("NOTES", wish->notes, "X.cordonnotes")->required();
    auto* text = command->add_option("--text", wish->text, "adds a remark; without it the notes are checked and shown");
    auto* key = command->add_option("--key", wish->key, "file with the reviewer's Ed25519 seed in hex");
    text->needs(key);
    command->add_option("--as", wish->reviewer, "how the reviewer calls themself, in new notes");
    command->add_option("--incident", wish->incident, "that the remark is about");
    command->add_option("--seq", wish->seq, "ledger entry that the remark is about")->check(CLI::NonNegativeNumber);
    command->callback([&context, &status, wish] { status = review(context, *wish); });
}

} // namespace cordon::ctl
