#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QWidget>

namespace cordon::ui::views {

/// A screen of the console. It is told when the case changed and asks for what it shows only while it is looked at.
class CaseView : public QWidget
{
    Q_OBJECT

public:
    explicit CaseView(QWidget* parent);
    /// The case changed. A hidden view remembers and asks when it is shown.
    void caseChanged(const engine::Notice& notice);

signals:
    /// Something for the status line.
    void said(const QString& line);
    void reviewRequested(const QString& request);

protected:
    /// Ask for everything shown.
    virtual void reload(const engine::Notice& notice) = 0;
    void showEvent(QShowEvent* event) override;

private:
    engine::Notice m_latest;
    bool m_isStale = true;
    bool m_hasNotice = false;
};

} // namespace cordon::ui::views
