#pragma once

#include "core/crypto/signed_note.h"
#include "core/domain/ledger_entry.h"
#include "core/record/frame_reader.h"
#include "core/record/key_history.h"
#include "core/record/log_keys.h"
#include "core/record/merkle_tree.h"
#include "core/record/past_roots.h"

#include <functional>
#include <map>
#include <stop_token>

namespace cordon::record {

/// A head that somebody outside the case remembers.
struct AnchoredHead
{
    std::string where; ///< "copies in /media/usb"
    HighWaterMark head;
};

/// What a ledger's bytes say when all of them are read again.
struct LedgerFindings
{
    std::string origin;
    std::optional<crypto::PublicKey> genesisKey;
    KeyHistory keys;          ///< which key signs heads of which size
    std::int64_t entries = 0; ///< whole and chained
    std::size_t segments = 0;
    std::uint64_t bytes = 0; ///< of them
    Digest chain;            ///< of the last one
    MerkleTree tree;
    FrameReader::Step end = FrameReader::Step::End;
    LedgerPlace tear;             ///< where the last frame ends early, when `end` is Torn
    std::string lastFile;         ///< segment that ends the ledger, relative to the case folder
    std::uint64_t lastOffset = 0; ///< end of its last whole frame
    int checkpoints = 0;
    int goodCheckpoints = 0;
    int cosignatures = 0;
    std::int64_t checkpointedSize = 0; ///< largest size under a good checkpoint
    bool isMarkReached = false;        ///< the high-water mark was given and fits
    struct Anchor
    {
        AnchoredHead said;
        std::optional<Digest> computed; ///< the tree's root at that size; nothing when the ledger is shorter
        bool isMatch = false;
    };
    std::vector<Anchor> anchors;       ///< in the order that was asked
    std::vector<LedgerPlace> problems; ///< what cannot be explained by a crash, in the order it was found
};

struct ExaminationOptions
{
    std::optional<HighWaterMark> mark;
    std::vector<AnchoredHead> anchors; ///< beside the mark
    std::map<std::string, crypto::PublicKey> witnesses; ///< by note name; any other cosignature is a problem
    /// Every good entry in order, and the roots up to it; may be empty.
    std::function<void(const LedgerEntry&, const PastRoots&)> visit;
    std::stop_token stop;
};

/// Reads a whole ledger and its checkpoints again and compares everything that can be computed.
/// An error means that it could not be read; what does not fit is in `problems`.
/// Source: docs/formats/ledger.md
[[nodiscard]] Result<LedgerFindings> examineLedger(const platform::Path& caseFolder, const ExaminationOptions& options);
/// The same from wherever the ledger's bytes are.
[[nodiscard]] Result<LedgerFindings> examineLedger(std::shared_ptr<const LedgerSource> source,
                                                   const ExaminationOptions& options);

} // namespace cordon::record
