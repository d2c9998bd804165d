#pragma once

#include "core/engine/sealed_look.h"

#include <QObject>

#include <thread>

namespace cordon::ui::bridge {

/// Runs the verifier on a thread of its own and says how far it is. GUI thread.
class CaseVerifier : public QObject
{
    Q_OBJECT

public:
    /// @param place  a case folder or a sealed case; @param home  where keys are pinned
    CaseVerifier(std::filesystem::path place, std::filesystem::path home, QObject* parent = nullptr);

    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// Begins, unless it runs.
    void start();
    /// Ends what runs; `ended` says so.
    void cancel();

signals:
    void progressed(quint64 done, quint64 total);
    void ended(const Result<cordon::engine::CaseVerdict>& verdict);

private:
    std::filesystem::path m_place;
    std::filesystem::path m_home;
    bool m_isRunning = false;
    std::jthread m_thread; ///< last: it ends before the rest goes away
};

} // namespace cordon::ui::bridge
