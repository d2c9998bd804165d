#pragma once

#include "core/base/result.h"
#include "core/domain/event_view.h"
#include "core/ingest/record_route.h"

#include <memory>

namespace cordon::ingest {

/// EventView over one JSON record: one full parse, then one walk along the planned paths. Reused from record to record
/// without allocating. A number's text is its shortest decimal form; an object's text is compact JSON. Of a key that a
/// record holds twice, both values are given. Where paths go on below a string that holds JSON, they are followed into
/// it, one level deep and into at most 16 strings of a record.
/// Belongs to one thread.
class JsonEventView final : public EventView
{
public:
    /// @param plan  complete: paths added later are not seen
    explicit JsonEventView(const FieldPlan& plan);
    ~JsonEventView() override;

    /// Turns the view to another record. ErrorCode::Invalid, with the reason, when it is not one valid JSON object;
    /// the view is then empty.
    /// @param record  with at least RecordFramer::padding readable bytes behind it, and unchanged while the view is
    /// used
    /// @param raw  what `raw` answers when the record was made from another format; empty: the record itself
    [[nodiscard]] Result<void> read(std::string_view record, std::string_view raw = {});
    /// Sets what `product`, `service` and `categories` answer, and makes `values` follow the route's aliases; borrowed,
    /// until the next `read`.
    void route(const RecordRoute& route) { m_route = route; }

    [[nodiscard]] std::string_view raw() const override;
    [[nodiscard]] std::span<const FieldValue> values(FieldIndex field) const override;
    void eachScalar(const std::function<bool(std::string_view)>& visit) const override;
    [[nodiscard]] std::string_view product() const override { return m_route.product; }
    [[nodiscard]] std::string_view service() const override { return m_route.service; }
    [[nodiscard]] std::span<const std::string> categories() const override { return m_route.categories; }

private:
    class Reader;
    std::unique_ptr<Reader> m_reader; ///< keeps the JSON library out of this header
    RecordRoute m_route;
};

} // namespace cordon::ingest
