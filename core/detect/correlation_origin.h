#pragma once

#include "core/base/result.h"
#include "core/detect/correlation_match.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon::detect {

/// What stands behind an input of a chained correlation, beyond the event itself.
struct CorrelationOrigin
{
    std::vector<EventRef> events;   ///< of the match that the input stands for; empty for a record
    std::vector<std::string> group; ///< values as written, by group-by field
    CorrelationMatch::Row carried;  ///< for correlations on the matches of this one

    /// About how many bytes of memory it takes.
    [[nodiscard]] std::size_t size() const;
    /// As bytes, for this process alone.
    [[nodiscard]] std::string packed() const;
    /// ErrorCode::Invalid for what `packed` did not write.
    [[nodiscard]] static Result<CorrelationOrigin> unpacked(std::string_view bytes);
};

/// Null or an origin that inputs and entries share. One pointer wide, because there are millions of entries. All that
/// share one belong to the same thread at a time.
class OriginRef
{
public:
    OriginRef() = default;
    explicit OriginRef(CorrelationOrigin origin)
        : m_shared(new Shared{std::move(origin), 1})
    {}
    OriginRef(const OriginRef& other)
        : m_shared(other.m_shared)
    {
        if (m_shared)
            ++m_shared->users;
    }
    OriginRef(OriginRef&& other) noexcept
        : m_shared(std::exchange(other.m_shared, nullptr))
    {}
    OriginRef& operator=(OriginRef other) noexcept
    {
        std::swap(m_shared, other.m_shared);
        return *this;
    }
    ~OriginRef()
    {
        if (m_shared && --m_shared->users == 0)
            delete m_shared;
    }
    explicit operator bool() const { return m_shared != nullptr; }
    const CorrelationOrigin& operator*() const { return m_shared->origin; }
    const CorrelationOrigin* operator->() const { return &m_shared->origin; }

private:
    struct Shared
    {
        CorrelationOrigin origin;
        std::size_t users = 0;
    };
    Shared* m_shared = nullptr;
};

} // namespace cordon::detect
