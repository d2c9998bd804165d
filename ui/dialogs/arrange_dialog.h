#pragma once

#include "core/value/value.h"
#include "ui/bridge/case_source.h"
#include "ui/dialogs/plain_dialog.h"

#include <set>

class QButtonGroup;
class QComboBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QRadioButton;

namespace cordon::ui::dialogs {

/// Asks how incidents are to be arranged and why: others merged into this one, alerts split off it or moved to another,
/// or an order that stands taken back. Nothing is done before the person signs.
class ArrangeDialog : public PlainDialog
{
    Q_OBJECT

public:
    struct Picture
    {
        engine::IncidentDetail detail;
        std::vector<engine::IncidentRow> incidents;
        std::vector<engine::ArrangementRow> orders;
        std::set<AlertId> chosen; ///< alerts that were selected before
    };

    ArrangeDialog(const Picture& picture, QWidget* parent);

signals:
    /// @param act  merge, split, move, undo-arrangement; `args` as the engine takes them
    void answered(const QString& act, const cordon::Value& args);

private:
    enum Act { Merge, Split, Move, Undo };
    void addChoices(const Picture& picture);
    void addLists(const Picture& picture);
    [[nodiscard]] QListWidget* list(const QString& name);
    [[nodiscard]] Value arguments() const;
    void showState();

    std::string m_incident;
    QButtonGroup* m_acts;
    QListWidget* m_others; ///< incidents that may be merged in
    QListWidget* m_alerts;
    QLabel* m_toTitle;
    QComboBox* m_to;       ///< incident that alerts are moved to
    QListWidget* m_orders; ///< that stand
    QLabel* m_hint;
    QPlainTextEdit* m_reason;
    QPushButton* m_accept;
};

} // namespace cordon::ui::dialogs
