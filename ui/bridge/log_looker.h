#pragma once

#include "core/engine/log_look.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <thread>

namespace cordon::ui::bridge {

/// Looks at logs before they are imported, on a thread of its own. GUI thread; a new question ends the one before.
class LogLooker : public QObject
{
    Q_OBJECT

public:
    /// @param resources  folder that holds field_maps/
    explicit LogLooker(QString resources, QObject* parent = nullptr);
    ~LogLooker() override;

    /// @param maps  field maps that a person wrote
    void look(const QStringList& paths, const QStringList& maps = {});

signals:
    void looked(const cordon::engine::LogLooks& looks);
    /// The maps cannot be read.
    void failed(const QString& why);

private:
    struct Answer
    {
        int question = 0;
        Result<engine::LogLooks> looks;
    };
    void take(const Answer& answer);

    QString m_resources;
    int m_question = 0;
    std::jthread m_thread;
};

} // namespace cordon::ui::bridge
