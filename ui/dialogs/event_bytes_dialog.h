#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/dialogs/plain_dialog.h"

#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace cordon::ui::dialogs {

/// The exact bytes of cited events out of evidence, one at a time, with where they lie.
class EventBytesDialog : public PlainDialog
{
    Q_OBJECT

public:
    EventBytesDialog(bridge::CaseQueries& queries, std::vector<EventId> events, QWidget* parent);

private:
    void load();
    void showBytes(const QString& bytes);
    void showCitation(const Event& event);

    bridge::CaseQueries& m_queries;
    std::vector<EventId> m_events;
    std::size_t m_at = 0;
    QString m_exact;
    QLabel* m_which;
    QLabel* m_what;
    QLabel* m_cite;
    QPlainTextEdit* m_text;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_form;
};

} // namespace cordon::ui::dialogs
