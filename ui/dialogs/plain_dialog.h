#pragma once

#include <QDialog>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace cordon::ui::dialogs {

/// The frame of every dialog of the console: title, body, a row of buttons, no default button. In an exercise it says
/// so, and where real systems are acted on, which. Opened with `open()`, gone when closed.
class PlainDialog : public QDialog
{
    Q_OBJECT

public:
    /// Property of a main window whose case is an exercise.
    static constexpr const char* exerciseProperty = "cordonExercise";
    /// Property of a main window whose case acts on real systems: their environment.
    static constexpr const char* realProperty = "cordonReal";

    PlainDialog(const QString& title, QWidget* parent);

protected:
    [[nodiscard]] QVBoxLayout* body() { return m_body; }
    /// Adds to the right end of the row. The Close or Cancel button stands at the left of what follows.
    QPushButton* addButton(QPushButton* button);
    /// Adds to the left end of the row.
    void addAside(QWidget* widget);

private:
    QVBoxLayout* m_body;
    QHBoxLayout* m_row;
};

} // namespace cordon::ui::dialogs
