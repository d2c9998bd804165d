#include "core/ingest/followed_files.h"

#include "core/ingest/follow_bytes.h"

#include <algorithm>

namespace cordon::ingest {

void FollowedFiles::put(const FollowedFile& file)
{
    if (const auto known = m_files.find(file.id); known != m_files.end())
        forget(known->second);
    m_files[file.id] = file;
    if (file.state != FollowState::Ended)
        m_byNumber[{file.device, file.inode}] = file.id;
    if (file.head.size() >= markLength)
        m_byHead.emplace(file.head, file.id);
    else if (!file.head.empty())
        m_shortHeads[file.id] = file.head;
}

void FollowedFiles::forget(const FollowedFile& file)
{
    const auto number = m_byNumber.find({file.device, file.inode});
    if (number != m_byNumber.end() && number->second == file.id)
        m_byNumber.erase(number);
    m_shortHeads.erase(file.id);
    const auto [first, last] = m_byHead.equal_range(file.head);
    for (auto place = first; place != last; ++place) {
        if (place->second == file.id) {
            m_byHead.erase(place);
            return;
        }
    }
}

const FollowedFile* FollowedFiles::byNumber(FileNumber number) const
{
    const auto place = m_byNumber.find(number);
    return place == m_byNumber.end() ? nullptr : byId(place->second);
}

const FollowedFile* FollowedFiles::byId(FollowedFileId id) const
{
    const auto place = m_files.find(id);
    return place == m_files.end() ? nullptr : &place->second;
}

std::vector<const FollowedFile*> FollowedFiles::beginningLike(const std::string& head) const
{
    std::vector<const FollowedFile*> found;
    if (head.size() >= markLength) {
        const auto [first, last] = m_byHead.equal_range(head);
        for (auto place = first; place != last; ++place)
            found.push_back(byId(place->second));
    } else {
        for (const auto& [whole, id] : m_byHead) {
            if (whole.starts_with(head))
                found.push_back(byId(id));
        }
    }
    for (const auto& [id, start] : m_shortHeads) {
        if (head.starts_with(start) || start.starts_with(head))
            found.push_back(byId(id));
    }
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->id > b->id; });
    return found;
}

} // namespace cordon::ingest
