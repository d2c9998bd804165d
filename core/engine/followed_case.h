#pragma once

#include "core/base/clock.h"
#include "core/engine/case_reader.h"
#include "core/engine/commands.h"
#include "core/engine/engine.h"

#include <functional>
#include <memory>

namespace cordon::engine {

/// A case that another process holds, as a console follows it: read-only and live. What people sign here goes into the
/// inbox, and what the holder made of it is told. Belongs to the engine thread.
class FollowedCase
{
public:
    using Tell = std::function<void(const Notice&)>;

    /// ErrorCode as `CaseReader::open`.
    [[nodiscard]] static Result<std::unique_ptr<FollowedCase>> open(const EngineOptions& options,
                                                                    const MachineClock& clock, Tell tell);

    /// Looks whether anything moved and tells it.
    [[nodiscard]] Result<void> look();
    /// Leaves what is signed in the inbox. ErrorCode::Unsupported for what only the holder can do.
    [[nodiscard]] Result<void> submit(const Command& command);
    void say(Text message, bool isProblem);
    /// False once the process that held the case let go of it. Takes no lock that could be in a new holder's way for long.
    [[nodiscard]] bool isHeld() const;

private:
    FollowedCase(EngineOptions options, const MachineClock& clock, Tell tell, std::unique_ptr<CaseReader> reader);
    [[nodiscard]] Result<void> reread();
    [[nodiscard]] Result<void> leave(const std::string& text, const char* extension);
    void hearFromInbox();
    void send();

    EngineOptions m_options;
    const MachineClock& m_machine;
    Tell m_tell;
    std::unique_ptr<CaseReader> m_reader;
    std::string m_seen;                 ///< sizes and times of the index's files, as last read
    std::vector<std::filesystem::path> m_left; ///< commands whose fate is not known yet
    Notice m_notice;
    int m_beats = 0;
};

} // namespace cordon::engine
