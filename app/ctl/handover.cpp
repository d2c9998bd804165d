// Commands that hand a case over: seal, export.
#include "app/ctl/byte_progress.h"
#include "app/ctl/ctl.h"
#include "app/ctl/interrupts.h"
#include "core/engine/version.h"
#include "core/exports/handing_over.h"
#include "core/platform/file.h"
#include "core/record/incident_part.h"
#include "core/record/sealed_case.h"
#include "core/record/tlog_proof.h"

#include <iostream>
#include <memory>

namespace cordon::ctl {
namespace {

struct SealWish
{
    std::string folder;
    std::string out;
    std::string by = "user:local";
    std::string incident;
    std::string sheet;
};

int seal(const Context& context, const SealWish& wish)
{
    if (std::filesystem::path(wish.out).extension() != ".cordonz")
        return failed({ErrorCode::Invalid, wish.out + ": a sealed case's name ends with .cordonz"});
    ByteProgress progress("sealed");
    const Interrupts interrupts;
    exports::SealWish handover{wish.folder, wish.incident, wish.out, wish.sheet, {}};
    record::SealOptions& options = handover.options;
    options.home = context.home;
    options.sealedBy = wish.by;
    options.program = "cordonctl " + std::string(engine::versionText);
    options.evidencePassphrase = context.evidencePassphrase;
    options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
    options.stop = interrupts.token();
    const auto made = exports::sealForHandover(handover, MachineClock());
    progress.end();
    if (!made)
        return failed(made.error());
    const record::SealedManifest& manifest = made->file.manifest;
    if (!made->isNoted)
        std::cerr << "cordonctl: another process holds the case and did not answer: sealed up to entry " << manifest.entries - 1
                  << ", which is what it had signed\n";
    if (context.wantsJson) {
        Value told = manifest.toValue();
        told.set("file", wish.out);
        told.set("file_sha256", made->file.digest.hex());
        told.set("noted", made->isNoted);
        printJson(told);
        return Done;
    }
    std::cout << "sealed      " << wish.out << "\nSHA-256     " << made->file.digest.hex() << "\nentries     "
              << manifest.entries << "\nledger key  " << manifest.key.toString() << "\nfingerprint "
              << manifest.key.fingerprint()
              << "\n\nWhoever receives the file checks it with\n  cordonctl verify FILE.cordonz --key "
              << manifest.key.toString() << "\nafter comparing the fingerprint with you by another way.\n";
    return Done;
}

struct ProofWish
{
    std::string place;
    std::int64_t seq = -1;
    std::string out;
};

/// The proof that an entry stands in the ledger under a signed head.
Result<std::string> proofOf(const ProofWish& wish)
{
    std::shared_ptr<const record::SealedCase> sealed; // held while it is read as a folder
    if (record::isSealedCase(wish.place)) {
        CORDON_TRY(sealed, record::SealedCase::open(wish.place));
    }
    if (record::isIncidentPart(wish.place))
        return record::partProof(wish.place, wish.seq);
    return record::tlogProof(wish.place, wish.seq);
}

int exportProof(const ProofWish& wish)
{
    const auto proof = proofOf(wish);
    if (!proof)
        return failed(proof.error());
    if (wish.out.empty())
        std::cout << *proof;
    else if (const auto written = platform::writeFileAtomically(wish.out, *proof); !written)
        return failed(written.error());
    return Done;
}

} // namespace

void addHandoverCommands(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<SealWish>();
    CLI::App* pack = app.add_subcommand("seal", "one file with a whole case, to be checked and read anywhere");
    pack->add_option("CASE", wish->folder)->required();
    pack->add_option("OUT", wish->out, "X.cordonz")->required();
    pack->add_option("--incident", wish->incident, "only this one, such as INC-0001, with proofs that its entries are the ledger's");
    pack->add_option("--sheet", wish->sheet, "transfer sheet with a QR code, X.html or X.txt");
    pack->add_option("--by", wish->by, "who seals, such as user:analyst-a");
    pack->callback([&context, &status, wish] { status = seal(context, *wish); });

    auto proof = std::make_shared<ProofWish>();
    CLI::App* give = app.add_subcommand("export", "a proof that an entry stands in the ledger, for somebody who has not got the case");
    give->add_option("CASE", proof->place)->required();
    give->add_option("--proof", proof->seq, "number of the entry")->required()->check(CLI::NonNegativeNumber);
    give->add_option("--out", proof->out, "file, instead of standard output");
    give->callback([&status, proof] { status = exportProof(*proof); });
}

} // namespace cordon::ctl
