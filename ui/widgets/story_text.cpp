#include "ui/widgets/story_text.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/citation_badge.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QHelpEvent>
#include <QMimeData>
#include <QResizeEvent>
#include <QTextBlock>
#include <QTextFragment>
#include <QToolTip>

#include <algorithm>

namespace cordon::ui::widgets {
namespace {

constexpr int lineHeight = 21;
constexpr int fewestLines = 4; ///< shown however little room there is

/// What was copied, with the badges as [n].
QString readable(const QTextDocument& document, int from, int to)
{
    QString text;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto piece = block.begin(); !piece.atEnd(); ++piece) {
            const QTextFragment fragment = piece.fragment();
            const int start = std::max(from, fragment.position());
            const int end = std::min(to, fragment.position() + fragment.length());
            if (start >= end)
                continue;
            const QString shown = fragment.charFormat().property(CitationBadge::shownProperty).toString();
            text += shown.isEmpty() ? fragment.text().mid(start - fragment.position(), end - start)
                                    : QStringLiteral("[%1]").arg(shown);
        }
        if (block.next().isValid() && block.position() + block.length() <= to && block.position() >= from)
            text += QLatin1Char('\n');
    }
    return text;
}

} // namespace

StoryText::StoryText(QWidget* parent)
    : QTextBrowser(parent)
{
    setOpenLinks(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(0);
    document()->documentLayout()->registerHandler(CitationBadge::objectType, new CitationBadge(this));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Maximum);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) { emit linkActivated(url.toString()); });
}

void StoryText::setSentences(const std::vector<Sentence>& sentences)
{
    m_sentences = sentences;
    rebuild();
}

void StoryText::rebuild()
{
    const theme::Tokens& t = theme::tokensOf(palette());
    document()->clear();
    document()->setDefaultFont(theme::interfaceFont());
    document()->setDefaultStyleSheet(
        QStringLiteral("b { font-weight: 600; color: %1; } a { color: %2; text-decoration: none; } "
                       ".mono { font-family: 'JetBrains Mono'; font-size: 12px; color: %1; }")
            .arg(t.text.name(), t.accent.name()));
    QTextCursor cursor(document());
    QTextBlockFormat block;
    block.setLineHeight(lineHeight, QTextBlockFormat::FixedHeight);
    cursor.setBlockFormat(block);
    bool isFirst = true;
    for (const Sentence& sentence : m_sentences) {
        if (!isFirst && sentence.startsLine)
            cursor.insertBlock(block);
        else if (!isFirst)
            cursor.insertText(QStringLiteral(" "), QTextCharFormat());
        isFirst = false;
        const QColor color = t.of(theme::toneFrom(sentence.tone).value_or(theme::Tone::Plain));
        cursor.insertHtml(QStringLiteral("<span style=\"color:%1\">%2</span>").arg(color.name(), sentence.html));
        for (const Citation& cite : sentence.cites) {
            QTextCharFormat format;
            format.setObjectType(CitationBadge::objectType);
            format.setProperty(CitationBadge::shownProperty, cite.shown);
            format.setAnchor(true);
            format.setAnchorHref(cite.link);
            format.setToolTip(cite.tip);
            format.setVerticalAlignment(QTextCharFormat::AlignMiddle);
            // A word joiner first: a badge stays with the sentence it proves.
            cursor.insertText(QString(QChar(0x2060)), QTextCharFormat());
            cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
        }
        cursor.setCharFormat(QTextCharFormat());
    }
    cursor.select(QTextCursor::Document);
    cursor.mergeBlockFormat(block); // inserted HTML brings a format of its own
    setAccessibleDescription(readable(*document(), 0, document()->characterCount()));
    updateGeometry();
}

int StoryText::textHeight() const
{
    return static_cast<int>(document()->size().height()) + 6;
}

QSize StoryText::sizeHint() const
{
    return {std::max(200, viewport()->width()), textHeight()};
}

QSize StoryText::minimumSizeHint() const
{
    return {80, std::min(textHeight(), fewestLines * lineHeight + 6)};
}

void StoryText::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_sentences.empty())
        rebuild();
}

void StoryText::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

bool StoryText::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = cursorForPosition(viewport()->mapFrom(this, help->pos())).charFormat().toolTip();
        if (!tip.isEmpty()) {
            QToolTip::showText(help->globalPos(), tip, this);
            return true;
        }
    }
    return QTextBrowser::event(event);
}

QMimeData* StoryText::createMimeDataFromSelection() const
{
    auto* copied = new QMimeData;
    copied->setText(readable(*document(), textCursor().selectionStart(), textCursor().selectionEnd()));
    return copied;
}

} // namespace cordon::ui::widgets
