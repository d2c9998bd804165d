#pragma once

#include "ui/bridge/case_source.h"
#include "ui/models/cell_table_model.h"
#include "ui/views/case_view.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace cordon::ui::views {

/// The real systems of a case: connected or not, whether their processes live, what waits for them, what they answered
/// last; and the connection test. Is told of all of it; asks nobody itself.
class SystemsView : public CaseView
{
    Q_OBJECT

public:
    explicit SystemsView(QWidget* parent);

    void show(const std::vector<engine::SystemState>& systems);
    /// @param why  a sentence: why they cannot be connected now; "" when they can
    void setWhyNot(const QString& why);
    /// What a test found, a line for each system, and whether all is well.
    void showTest(std::vector<models::CellRow> rows);
    void setTesting(bool isTesting);

signals:
    void connectRequested();
    void testRequested();

protected:
    void reload(const engine::Notice& notice) override;

private:
    void refresh();

    models::CellTableModel* m_rows;
    models::CellTableModel* m_tests;
    QLabel* m_summary;
    QStackedWidget* m_pages;
    QLabel* m_hint;
    QTableView* m_test;
    QPushButton* m_connect;
    QPushButton* m_check;
    QString m_whyNot;
    bool m_isConnected = false;
    bool m_isTesting = false;
};

} // namespace cordon::ui::views
