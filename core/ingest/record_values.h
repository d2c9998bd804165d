#pragma once

#include "core/base/result.h"
#include "core/domain/event_view.h"
#include "core/ingest/member_names.h"
#include "core/ingest/path_trie.h"
#include "core/ingest/record_outline.h"
#include "core/ingest/text_scratch.h"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace cordon::ingest {

/// The values at the planned paths of one record. They are looked for when they are asked for, member by member of the
/// record: a field that nobody has asked for yet is passed over. Reused from record to record without allocating; belongs to one thread.
class RecordValues
{
public:
    explicit RecordValues(std::shared_ptr<const PathTrie> paths);
    RecordValues(const RecordValues&) = delete; // the values stay where they were given from
    RecordValues& operator=(const RecordValues&) = delete;

    /// See JsonEventView::read.
    [[nodiscard]] Result<void> read(std::string_view record, std::string_view raw, const RecordOutline* outline);
    [[nodiscard]] std::string_view raw() const { return m_raw; }
    [[nodiscard]] std::string_view json() const { return m_json; }
    [[nodiscard]] std::span<const FieldValue> values(FieldIndex index);
    void eachScalar(const std::function<bool(std::string_view)>& visit);

private:
    static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

    struct Field
    {
        std::uint32_t record = 0; ///< the values are those of this one
        PathTrie::Node node = PathTrie::root;
        PathTrie::Node top = PathTrie::root;
        bool isAsked = false; ///< by any record so far
        std::vector<FieldValue> values;
    };
    /// The members of the record that one planned first part names.
    struct Top
    {
        std::uint32_t record = 0;
        bool isWalked = false;
        std::uint32_t first = none; ///< in m_members
        std::uint32_t last = none;
    };
    struct Member
    {
        std::uint32_t value = 0;
        PathTrie::Node node = 0;
        std::uint32_t next = none;
    };
    /// JSON that was held in a string.
    struct InnerJson
    {
        std::size_t at = 0; ///< of the string in the record
        bool isWhole = false;
        std::string text; ///< with padding behind it
        RecordOutline outline;
    };

    void setMarks();
    void clear();
    [[nodiscard]] Result<void> outlineAlone(std::string_view record);
    void listPlannedMembers();
    void walk(const Top& top);
    void ask(Field& field);
    void walkMembers(const RecordOutline& outline, std::size_t opener, PathTrie::Node node);
    [[nodiscard]] std::size_t take(const RecordOutline& outline, std::size_t at, PathTrie::Node node);
    void followSelectors(const RecordOutline& outline, std::size_t at, PathTrie::Node node);
    [[nodiscard]] std::optional<std::string_view> textOf(const RecordOutline& outline, std::size_t opener,
                                                         std::string_view key);
    void enterText(const RecordOutline& outline, std::size_t at, PathTrie::Node node);
    [[nodiscard]] const InnerJson* innerAt(std::size_t at);
    void keep(const RecordOutline& outline, std::size_t at, FieldIndex index);
    void fill(FieldValue& value, const RecordOutline& outline, std::size_t at);
    void fillNumber(FieldValue& value, const RecordOutline& outline, std::size_t at);
    [[nodiscard]] std::string_view stringAt(const RecordOutline& outline, std::size_t opener);
    [[nodiscard]] std::string_view unescaped(const RecordOutline& outline, std::string_view raw);

    std::shared_ptr<const PathTrie> m_paths;
    const PathTrie& m_trie;
    MemberNames m_names;
    RecordOutline m_own;
    const RecordOutline* m_outline = nullptr; ///< null: nothing is read
    std::string_view m_raw;
    std::string_view m_json;
    std::uint32_t m_record = 0; ///< counts records, to tell what was learnt of this one
    std::uint64_t m_present = 0;             ///< marks of the members that the record has
    std::vector<std::uint64_t> m_marks;      ///< by node: of a member
    std::vector<std::uint64_t> m_fieldMarks; ///< by field: of the member that it is or stands below
    std::vector<Field> m_fields;
    std::vector<bool> m_isAsked;   ///< by node: fields there or below are asked for
    FieldIndex m_only = none;      ///< while walking for one field alone
    std::vector<Top> m_tops;       ///< by node
    std::vector<Member> m_members; ///< of the record, planned ones alone
    TextScratch m_scratch;
    std::string m_scalar;
    std::deque<InnerJson> m_inner; ///< each holds the JSON of one text until the next record
    std::size_t m_usedInner = 0;
};

} // namespace cordon::ingest
