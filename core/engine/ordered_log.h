#pragma once

#include "core/domain/event.h"
#include "core/tenant/tenant_from_log.h"

namespace cordon::engine {

/// Gathers what a log says of the tenant while it is read, as long as its events come in the order of time: most logs
/// do, and then nobody needs to look through all of them again. Belongs to one thread at a time.
class OrderedLog
{
public:
    void add(std::size_t file, const Event& event)
    {
        if (!m_isInOrder)
            return;
        // Events of one moment count in the order of the case, which only within a file is that of reading.
        m_isInOrder = file == m_file ? event.time >= m_last : event.time > m_last;
        m_file = file;
        m_last = event.time;
        if (m_isInOrder)
            m_tenant.add(event);
        else
            m_tenant = {};
        ++m_count;
    }
    /// Whether it has seen exactly that many events, and in order.
    [[nodiscard]] bool isWhole(std::int64_t events) const { return m_isInOrder && m_count == events; }
    [[nodiscard]] tenant::TenantFromLog take() { return std::move(m_tenant); }

private:
    tenant::TenantFromLog m_tenant;
    std::size_t m_file = 0;
    Timestamp m_last;
    std::int64_t m_count = 0;
    bool m_isInOrder = true;
};

} // namespace cordon::engine
