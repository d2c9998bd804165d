#pragma once

#include <QTranslator>

namespace cordon::ui::text {

/// The source language needs plural forms too: `(s)` in a counted sentence becomes "" for one and "s" for the rest.
/// Installed first, so that a real translation wins.
class EnglishPlurals : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation,
                                    int n) const override;
};

} // namespace cordon::ui::text
