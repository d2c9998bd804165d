#pragma once

#include <QDialog>

namespace cordon::ui::travel {

/// Shows a signed text that has to get to somebody elsewhere: to copy, or to scan.
class TextDialog : public QDialog
{
    Q_OBJECT

public:
    struct Words
    {
        QString title;
        QString explanation;
        QString name; ///< of the text, for screen readers
    };

    TextDialog(const Words& words, const QString& text, QWidget* parent = nullptr);
};

} // namespace cordon::ui::travel
