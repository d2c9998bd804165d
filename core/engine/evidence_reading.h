#pragma once

#include "core/engine/detection_texts.h"
#include "core/ingest/log_reader.h"
#include "core/record/case_folder.h"

#include <functional>
#include <map>

namespace cordon::engine {

/// Reads sealed logs of a case again. Belongs to the engine thread.
class EvidenceReading
{
public:
    /// Bytes of the object taken so far and in all.
    using Progress = std::function<void(std::uint64_t read, std::uint64_t total)>;

    /// @param sources  all of the case: first pieces of followed files tell what columns later ones have
    /// @param now  maps in use when the case does not say which were in force
    EvidenceReading(record::CaseFolder& folder, std::vector<record::StoredSource> sources, const Detection& now)
        : m_folder(folder), m_sources(std::move(sources)), m_now(now)
    {
    }

    /// How the reader was told to read a source, with its bytes out of the vault.
    [[nodiscard]] Result<ingest::ReadOptions> optionsOf(const record::StoredSource& source) const;
    /// Puts the events of a source, whose row is there, into the index under the numbers that they had.
    /// @param first  number of its first event
    /// @return whether it gave as many events as the row says
    [[nodiscard]] Result<bool> putEvents(const record::StoredSource& source, std::int64_t first,
                                         const Progress& progress);

    /// Gives the records of a source to somebody else than the index.
    [[nodiscard]] Result<void> look(const record::StoredSource& source, ingest::RecordSink& sink, const Progress& progress,
                                    const std::stop_token& stop);

private:
    [[nodiscard]] Result<const FormerMaps*> mapsOf(const record::StoredSource& source);
    [[nodiscard]] Result<void> findMaps();

    record::CaseFolder& m_folder;
    std::vector<record::StoredSource> m_sources;
    const Detection& m_now;
    bool m_hasLooked = false;
    std::map<std::string, std::string> m_mapsOf;                     ///< by digest of a log: digest of the texts in force
    std::map<std::string, std::unique_ptr<FormerMaps>> m_formerMaps; ///< by digest; null: today's are the same
};

} // namespace cordon::engine
