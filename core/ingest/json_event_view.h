#pragma once

#include "core/base/result.h"
#include "core/domain/event_view.h"
#include "core/ingest/record_route.h"
#include "core/ingest/record_values.h"

namespace cordon::ingest {

/// EventView over one JSON record: all of it is checked once (RecordOutline), and the planned paths below a member are
/// walked when one of them is first asked for. Reused from record to record without allocating. A whole number's text
/// is the record's, another number's its shortest decimal form; an object's text is compact JSON. Of a key that a
/// record holds twice, both values are given. Where paths go on below a string that holds JSON, they are followed into
/// it, one level deep and into at most 16 strings of a record.
/// Belongs to one thread.
class JsonEventView final : public EventView
{
public:
    /// @param plan  complete: paths added later are not seen
    explicit JsonEventView(const FieldPlan& plan)
        : JsonEventView(std::make_shared<const PathTrie>(plan))
    {}
    /// @param paths  of a plan, made once for many views
    explicit JsonEventView(std::shared_ptr<const PathTrie> paths)
        : m_values(std::move(paths))
    {}

    /// Turns the view to another record. ErrorCode::Invalid, with the reason, when it is not one valid JSON object;
    /// the view is then empty.
    /// @param record  with at least RecordFramer::padding readable bytes behind it, and unchanged while the view is
    /// used
    /// @param raw  what `raw` answers when the record was made from another format; empty: the record itself
    /// @param outline  of the record, if its framer made one; it stays unchanged while the view is used
    [[nodiscard]] Result<void> read(std::string_view record, std::string_view raw = {},
                                    const RecordOutline* outline = nullptr);
    /// Sets what `product`, `service` and `categories` answer, and makes `values` follow the route's aliases; borrowed,
    /// until the next `read`.
    void route(const RecordRoute& route) { m_route = route; }

    [[nodiscard]] std::string_view raw() const override;
    [[nodiscard]] std::string_view json() const override { return m_values.json(); }
    [[nodiscard]] std::span<const FieldValue> values(FieldIndex field) const override;
    void eachScalar(const std::function<bool(std::string_view)>& visit) const override;
    [[nodiscard]] std::string_view product() const override { return m_route.product; }
    [[nodiscard]] std::string_view service() const override { return m_route.service; }
    [[nodiscard]] std::span<const std::string> categories() const override { return m_route.categories; }

private:
    mutable RecordValues m_values; ///< finds values when they are asked for
    RecordRoute m_route;
};

} // namespace cordon::ingest
