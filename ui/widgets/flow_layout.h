#pragma once

#include <QLayout>

#include <vector>

namespace cordon::ui::widgets {

/// Items side by side, in as many lines as needed. Mirrors in right-to-left layouts.
class FlowLayout : public QLayout
{
public:
    FlowLayout(int gap, QWidget* parent);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    int place(const QRect& rect, bool isTrial) const;
    int m_gap;
    std::vector<QLayoutItem*> m_items;
};

} // namespace cordon::ui::widgets
