#pragma once

#include "core/engine/notice.h"

#include <QObject>

#include <mutex>
#include <vector>

namespace cordon::ui::bridge {

/// Hears the engine on its thread and tells the GUI thread, folding a burst of notices into one signal.
class EngineBridge : public QObject, public engine::Listener
{
    Q_OBJECT

public:
    explicit EngineBridge(QObject* parent = nullptr);

    /// Safe from any thread; returns at once.
    void onNotice(const engine::Notice& notice) override;
    /// The newest notice. GUI thread.
    [[nodiscard]] const engine::Notice& latest() const { return m_latest; }

signals:
    /// Something changed; `notice.changed` names every incident touched since the last signal.
    void changed(const cordon::engine::Notice& notice);
    /// Something a person should read now. None is folded away.
    void messageArrived(const cordon::Text& text, bool isProblem);

private:
    void deliver();

    struct Message
    {
        Text text;
        bool isProblem = false;
    };
    std::mutex m_mutex; ///< guards the three below
    engine::Notice m_pending;
    std::vector<Message> m_messages;
    bool m_isPosted = false;

    engine::Notice m_latest; ///< GUI thread only
};

} // namespace cordon::ui::bridge
