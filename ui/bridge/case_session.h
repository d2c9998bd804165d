#pragma once

#include "core/engine/engine.h"
#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/bridge/engine_bridge.h"

#include <QObject>

#include <memory>
#include <thread>

namespace cordon::ui::bridge {

/// One open case: its engine, what it says, what may be asked of it and told to it. GUI thread; the engine is opened
/// on a thread of its own, because opening may have to repair and read.
class CaseSession : public QObject
{
    Q_OBJECT

public:
    explicit CaseSession(engine::EngineOptions options, QObject* parent = nullptr);
    ~CaseSession() override;

    void start();
    [[nodiscard]] const engine::EngineOptions& options() const { return m_options; }
    [[nodiscard]] EngineBridge& notices() { return m_bridge; }
    [[nodiscard]] CaseQueries& queries() { return *m_queries; }
    [[nodiscard]] Commander& commander() { return m_commander; }

signals:
    void opened();
    void failed(const QString& why);

private:
    void adopt();

    engine::EngineOptions m_options;
    EngineBridge m_bridge;
    std::unique_ptr<CaseQueries> m_queries;
    Commander m_commander;
    std::vector<engine::Command> m_early; ///< commands given before the engine was there
    std::unique_ptr<Result<std::unique_ptr<engine::Engine>>> m_started; ///< written by m_opening, read after it ended
    std::unique_ptr<engine::Engine> m_engine;
    std::jthread m_opening;
};

} // namespace cordon::ui::bridge
