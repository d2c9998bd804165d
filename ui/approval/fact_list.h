#pragma once

#include "core/domain/approval.h"

#include <QScrollArea>

class QGridLayout;
class QPushButton;

namespace cordon::ui::approval {

/// The facts of a request in a table that may have to be scrolled, and the digest that gets signed at its end. Knows
/// whether all of it has been in view; jumping over a part does not count as seeing it.
class FactList : public QScrollArea
{
    Q_OBJECT

public:
    /// @param width  fixed, so that its lines never break anew once they were read
    FactList(const ApprovalRequest& request, int width, QWidget* parent);

    [[nodiscard]] bool isAllSeen() const;
    /// High enough that nothing has to be scrolled.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 96}; }
    /// `show exact bytes`, in the last line.
    [[nodiscard]] QPushButton* exactBytesLink() const { return m_exactBytesLink; }

signals:
    /// More has come into view.
    void seenMore();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void addSignedLine(const ApprovalRequest& request, QGridLayout* grid, int row);
    void noteWhatIsSeen();

    QWidget* m_content;
    QPushButton* m_exactBytesLink = nullptr;
    int m_seenUntil = 0; ///< everything above this height of the content has been in view
};

} // namespace cordon::ui::approval
