#pragma once

#include <QTextBrowser>

#include <vector>

namespace cordon::ui::widgets {

/// Sentences with citation badges that can be clicked, tabbed to and copied. As tall as its text where there is room,
/// else it scrolls. Knows no domain type: a citation is a number shown and a link emitted.
class StoryText : public QTextBrowser
{
    Q_OBJECT

public:
    struct Citation
    {
        QString shown; ///< "3" or "4–9"
        QString link;
        QString tip;
    };
    struct Sentence
    {
        QString html; ///< escaped by the caller; <b> and <span class="mono"> are known
        std::vector<Citation> cites;
        QString tone;        ///< "" for plain
        bool startsLine = false;
    };

    explicit StoryText(QWidget* parent);
    void setSentences(const std::vector<Sentence>& sentences);
    [[nodiscard]] QSize sizeHint() const override;
    /// A few lines, or all where there are fewer.
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void linkActivated(const QString& link);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    [[nodiscard]] QMimeData* createMimeDataFromSelection() const override;

private:
    void rebuild();
    [[nodiscard]] int textHeight() const;
    std::vector<Sentence> m_sentences;
};

} // namespace cordon::ui::widgets
