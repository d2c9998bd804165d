#pragma once

#include "ui/bridge/case_work.h"
#include "ui/dialogs/plain_dialog.h"

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace cordon::ui::bridge {
class CaseQueries;
}

namespace cordon::ui::widgets {
class ProgressLine;
}

namespace cordon::ui::dialogs {

/// A dialog whose button begins something long: fields, the work's progress with Cancel, and what came of it. Closing it
/// while it works ends the work.
class WorkDialog : public PlainDialog
{
    Q_OBJECT

public:
    /// @param accept  on the button that begins
    WorkDialog(const QString& title, const QString& accept, QWidget* parent);
    void reject() override;

protected:
    [[nodiscard]] bridge::LongWork& work() { return *m_work; }
    /// A field with its name before it and what it means below.
    void addField(const QString& name, QWidget* field, const QString& help = {});
    enum class Choice { SaveFile, OpenFile, Folder };
    /// A field that names a place, with *Browse…* beside it.
    QLineEdit* addPlace(const QString& name, Choice choice, const QString& filter, const QString& help = {});
    /// Below the fields: progress, and what is said.
    void addEnd();
    void begin(const QString& doing);
    /// @param tone  "good", "critical" or ""
    void end(const QString& said, const QString& tone);
    void say(const QString& said, const QString& tone = {});
    /// What an error means for a person who pressed Cancel or not.
    [[nodiscard]] static QString wordsOf(const Error& error);
    /// The button was pressed. Fields are greyed from `begin` to `end`.
    virtual void startWork() = 0;

private:
    void place(const QString& name, QWidget* field, int columns, const QString& help);
    void browse(QLineEdit* field, const QString& title, Choice choice, const QString& filter);

    bridge::LongWork* m_work;
    QWidget* m_fields;
    QGridLayout* m_grid;
    widgets::ProgressLine* m_progress;
    QLabel* m_said;
    QPushButton* m_start;
};

/// "All incidents" or one of them, filled when the case answers.
/// @param all  what stands for all of them
void fillIncidents(QComboBox* box, bridge::CaseQueries& queries, const QString& all);

} // namespace cordon::ui::dialogs
