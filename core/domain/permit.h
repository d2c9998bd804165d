#pragma once

#include "core/base/digest.h"
#include "core/base/time.h"

#include <string>
#include <utility>

namespace cordon::govern {
class Gate;
}

namespace cordon {

/// Leave for one exact action on one connector until a time. Only the gate makes one; moving empties the source;
/// its serial is accepted once. INVARIANT: without this type nothing changes the outside world.
class Permit
{
public:
    Permit(Permit&& other) noexcept
        : m_actionDigest(other.m_actionDigest)
        , m_connector(std::move(other.m_connector))
        , m_serial(std::move(other.m_serial))
        , m_expires(other.m_expires)
        , m_isUsable(std::exchange(other.m_isUsable, false))
    {
    }
    Permit& operator=(Permit&& other) noexcept
    {
        m_actionDigest = other.m_actionDigest;
        m_connector = std::move(other.m_connector);
        m_serial = std::move(other.m_serial);
        m_expires = other.m_expires;
        m_isUsable = std::exchange(other.m_isUsable, false);
        return *this;
    }
    Permit(const Permit&) = delete;
    Permit& operator=(const Permit&) = delete;
    ~Permit() = default;

    [[nodiscard]] const Digest& actionDigest() const { return m_actionDigest; }
    [[nodiscard]] const std::string& connector() const { return m_connector; }
    [[nodiscard]] const std::string& serial() const { return m_serial; } ///< 128 random bits, hex
    [[nodiscard]] Timestamp expires() const { return m_expires; }
    [[nodiscard]] bool isUsable() const { return m_isUsable; }
    /// True when this permit is usable, not expired, and fits action and connector.
    [[nodiscard]] bool fits(const Digest& action, const std::string& connector, Timestamp now) const
    {
        return m_isUsable && action == m_actionDigest && connector == m_connector && now < m_expires;
    }

private:
    friend class govern::Gate;
    Permit(const Digest& action, std::string connector, std::string serial, Timestamp expires)
        : m_actionDigest(action), m_connector(std::move(connector)), m_serial(std::move(serial)), m_expires(expires)
    {
    }

    Digest m_actionDigest;
    std::string m_connector;
    std::string m_serial;
    Timestamp m_expires;
    bool m_isUsable = true;
};

} // namespace cordon
