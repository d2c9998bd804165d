#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// True for techniques that switch off, narrow or clear a log, in the old and the new numbering; not for those against
/// other defences. Source: resources/attack/enterprise.yml
[[nodiscard]] bool isAgainstLogs(std::string_view technique);

/// Tells whether an act weakened logging. A rule of such a technique alone does not say so: it may look at several calls,
/// or at any change of a trail's settings.
class LoggingWatch
{
public:
    explicit LoggingWatch(const Inquiry& inquiry)
        : m_inquiry(inquiry)
    {}

    [[nodiscard]] bool isWeakenedBy(const Event& event, const std::vector<const Alert*>& alerts);

private:
    bool switchesOff(const Event& event);

    const Inquiry& m_inquiry;
    int m_read = 0;
};

} // namespace cordon::investigate
