#pragma once

#include "core/crypto/signing_key.h"
#include "core/platform/file.h"
#include "core/record/sealed_layout.h"
#include "core/record/sealed_manifest.h"

#include <functional>
#include <stop_token>

namespace cordon::record {

/// Writes a `.cordonz` part by part under a name of its own beside the wanted one, which appears only when all is there
/// and durable. What is never finished leaves nothing behind. Belongs to one thread.
class SealedWriter
{
public:
    /// ErrorCode::Conflict when something of that name is there.
    [[nodiscard]] static Result<SealedWriter> create(const platform::Path& out);
    SealedWriter(SealedWriter&& other) noexcept;
    SealedWriter& operator=(SealedWriter&&) = delete;
    ~SealedWriter();

    /// Called with the bytes written so far, and then with those that were read back.
    void onProgress(std::function<void(std::uint64_t)> progress) { m_progress = std::move(progress); }
    /// The first `size` bytes of an open file. ErrorCode::Incomplete when it has fewer.
    [[nodiscard]] Result<void> add(const std::string& name, const platform::File& file, std::uint64_t size,
                                   const std::stop_token& stop = {});
    [[nodiscard]] Result<void> add(const std::string& name, std::string_view bytes);

    /// Adds the list and the signed manifest, whose counts and list it fills in, and gives the file its name.
    /// @return SHA-256 of the file. ErrorCode::Cancelled when stopped: the file never got its name
    [[nodiscard]] Result<Digest> finish(SealedManifest manifest, const crypto::SigningKey& signer,
                                        const std::stop_token& stop = {});

private:
    SealedWriter(platform::Path out, platform::Path temporary, platform::File file)
        : m_out(std::move(out))
        , m_temporary(std::move(temporary))
        , m_file(std::move(file))
    {}
    using Source = std::function<Result<std::string_view>(std::uint64_t at, std::size_t size)>;
    Result<void> write(const std::string& name, std::uint64_t size, const Source& source, bool isListed,
                       const std::stop_token& stop);

    platform::Path m_out;
    platform::Path m_temporary; ///< empty once finished or moved from
    platform::File m_file;
    std::vector<SealedPart> m_parts;
    std::string m_list;
    std::uint64_t m_bytes = 0; ///< of listed parts
    std::function<void(std::uint64_t)> m_progress;
};

} // namespace cordon::record
