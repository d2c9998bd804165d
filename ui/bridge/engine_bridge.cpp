#include "ui/bridge/engine_bridge.h"

#include <QTimer>

#include <algorithm>

namespace cordon::ui::bridge {
namespace {

/// Long enough that a flood of notices costs the window little, short enough to feel live.
constexpr int foldMillis = 40;

} // namespace

EngineBridge::EngineBridge(QObject* parent)
    : QObject(parent)
{
}

void EngineBridge::onNotice(const engine::Notice& notice)
{
    const std::lock_guard lock(m_mutex);
    std::vector<IncidentId> touched = std::move(m_pending.changed);
    for (const IncidentId id : notice.changed) {
        if (std::find(touched.begin(), touched.end(), id) == touched.end())
            touched.push_back(id);
    }
    m_pending = notice;
    m_pending.changed = std::move(touched);
    if (notice.message)
        m_messages.push_back({*notice.message, notice.isProblem});
    if (m_isPosted)
        return;
    m_isPosted = true;
    QMetaObject::invokeMethod(
        this, [this] { QTimer::singleShot(foldMillis, this, &EngineBridge::deliver); }, Qt::QueuedConnection);
}

void EngineBridge::deliver()
{
    std::vector<Message> messages;
    {
        const std::lock_guard lock(m_mutex);
        m_latest = m_pending;
        m_pending.changed.clear();
        messages.swap(m_messages);
        m_isPosted = false;
    }
    emit changed(m_latest);
    for (const Message& message : messages)
        emit messageArrived(message.text, message.isProblem);
}

} // namespace cordon::ui::bridge
