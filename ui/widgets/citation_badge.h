#pragma once

#include <QObject>
#include <QTextFormat>
#include <QTextObjectInterface>

class QWidget;

namespace cordon::ui::widgets {

/// Draws a citation as a small outlined number inside running text.
class CitationBadge : public QObject, public QTextObjectInterface
{
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    static constexpr int objectType = QTextFormat::UserObject + 1;
    static constexpr int shownProperty = QTextFormat::UserProperty + 1;

    explicit CitationBadge(QWidget* parent);
    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int position,
                    const QTextFormat& format) override;

private:
    QWidget* m_page;
};

} // namespace cordon::ui::widgets
