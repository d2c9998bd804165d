#include "ui/widgets/graph_canvas.h"
#include "ui/widgets/story_text.h"
#include "ui/widgets/time_ticks.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace cordon::ui::widgets;

class TestGraphLayout : public QObject
{
    Q_OBJECT

private slots:
    void insideNodesStayInsideTheLine();
    void theSameGraphLooksTheSame();
    void noTwoNodesOverlap();
    void namesBelowNodesDoNotLieOverEachOther();
    void aFullColumnFitsTheLeastHeight();
    void aWideCanvasKeepsThePictureTogether();
    void theCanvasDescribesItself();
    void keysStepThroughTheNodes();
    void ticksAreRoundAndFew();
    void citationsAreClickableAndReadable();
};

namespace {

Graph aGraph(int inside, int outside)
{
    Graph graph;
    graph.hasScope = true;
    for (int i = 0; i < inside; ++i)
        graph.nodes.push_back({QStringLiteral("in%1").arg(i), QStringLiteral("in%1").arg(i), QStringLiteral("key"), {}, GraphZone::Inside, i == 0});
    for (int i = 0; i < outside; ++i)
        graph.nodes.push_back({QStringLiteral("out%1").arg(i), QStringLiteral("out%1").arg(i), QStringLiteral("address"), {},
                               i % 2 == 0 ? GraphZone::Left : GraphZone::Right, false});
    for (int i = 1; i < static_cast<int>(graph.nodes.size()); ++i)
        graph.edges.push_back({0, i, QStringLiteral("read"), {}, false});
    return graph;
}

} // namespace

void TestGraphLayout::insideNodesStayInsideTheLine()
{
    const Graph graph = aGraph(9, 5);
    const GraphLayout layout = GraphLayout::of(graph, QSizeF(640, 300));
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        QCOMPARE(layout.scope.contains(layout.places[i]), graph.nodes[i].zone == GraphZone::Inside);
}

void TestGraphLayout::theSameGraphLooksTheSame()
{
    const GraphLayout first = GraphLayout::of(aGraph(6, 4), QSizeF(640, 300));
    const GraphLayout second = GraphLayout::of(aGraph(6, 4), QSizeF(640, 300));
    QCOMPARE(first.places, second.places);
}

void TestGraphLayout::noTwoNodesOverlap()
{
    const GraphLayout layout = GraphLayout::of(aGraph(7, 4), QSizeF(700, 360));
    for (std::size_t a = 0; a < layout.places.size(); ++a) {
        for (std::size_t b = a + 1; b < layout.places.size(); ++b) {
            const QPointF away = layout.places[a] - layout.places[b];
            QVERIFY2(std::hypot(away.x(), away.y()) > 40, qPrintable(QStringLiteral("%1 and %2").arg(a).arg(b)));
        }
    }
}

void TestGraphLayout::namesBelowNodesDoNotLieOverEachOther()
{
    for (const int nodes : {3, 5, 8}) { // as wide as the window gives it at 1280x800
        const GraphLayout layout = GraphLayout::of(aGraph(nodes, 4), QSizeF(620, 330));
        for (int a = 0; a < nodes; ++a) {
            for (int b = a + 1; b < nodes; ++b) {
                const QPointF away = layout.places[static_cast<std::size_t>(a)] - layout.places[static_cast<std::size_t>(b)];
                QVERIFY2(std::abs(away.x()) > 90 || std::abs(away.y()) > 50,
                         qPrintable(QStringLiteral("%1 and %2 of %3").arg(a).arg(b).arg(nodes)));
            }
        }
    }
}

void TestGraphLayout::aFullColumnFitsTheLeastHeight()
{
    Graph graph = aGraph(2, 10); // five on each side
    GraphCanvas canvas(nullptr);
    canvas.setGraph(graph);
    const int height = canvas.minimumSizeHint().height();
    QVERIFY2(height <= 300, qPrintable(QString::number(height)));
    const GraphLayout layout = GraphLayout::of(graph, QSizeF(520, height));
    for (std::size_t a = 2; a < graph.nodes.size(); ++a) {
        QVERIFY(layout.places[a].y() <= height - 40); // its name stands below
        for (std::size_t b = a + 1; b < graph.nodes.size(); ++b) {
            if (graph.nodes[a].zone == graph.nodes[b].zone)
                QVERIFY(std::abs(layout.places[a].y() - layout.places[b].y()) >= 50);
        }
    }
}

void TestGraphLayout::aWideCanvasKeepsThePictureTogether()
{
    const GraphLayout layout = GraphLayout::of(aGraph(3, 4), QSizeF(1600, 300));
    QCOMPARE(layout.scope.center().x() > 700 && layout.scope.center().x() < 900, true);
    QVERIFY(layout.scope.width() < 750);
}

void TestGraphLayout::theCanvasDescribesItself()
{
    GraphCanvas canvas(nullptr);
    canvas.setGraph(aGraph(2, 1));
    QVERIFY(!canvas.accessibleName().isEmpty());
    QVERIFY(canvas.accessibleDescription().contains(QLatin1String("in0: suspected attacker, inside the verified scope")));
    QVERIFY(canvas.accessibleDescription().contains(QLatin1String("out0: outside the verified scope")));
}

void TestGraphLayout::keysStepThroughTheNodes()
{
    GraphCanvas canvas(nullptr);
    canvas.resize(600, 300);
    canvas.setGraph(aGraph(2, 0));
    QSignalSpy activated(&canvas, &GraphCanvas::nodeActivated);
    QTest::keyClick(&canvas, Qt::Key_Right);
    QTest::keyClick(&canvas, Qt::Key_Right);
    QTest::keyClick(&canvas, Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated.first().first().toString(), QStringLiteral("in1"));
}

void TestGraphLayout::ticksAreRoundAndFew()
{
    const qint64 from = 1'795'262'280'000'000; // 2026-11-21 11:58:00 UTC, by hand
    const auto ticks = timeTicks(from, from + 12LL * 60 * 1'000'000, 7);
    QVERIFY(ticks.size() >= 3 && ticks.size() <= 8);
    for (const TimeTick& tick : ticks)
        QCOMPARE(tick.at % 60'000'000, 0);
    QVERIFY(timeTicks(5, 5, 7).empty());
    const qint64 evening = 1'709'245'800'000'000; // 2024-02-29 22:30 UTC, by hand
    const auto night = timeTicks(evening, evening + 3LL * 3600 * 1'000'000, 3);
    QCOMPARE(night.front().label, QStringLiteral("29 Feb 23:00"));
    QCOMPARE(night.at(1).label, QStringLiteral("1 Mar 00:00"));
    QCOMPARE(night.at(2).label, QStringLiteral("01:00"));
}

void TestGraphLayout::citationsAreClickableAndReadable()
{
    StoryText story(nullptr);
    story.resize(400, 100);
    story.setSentences({{QStringLiteral("The key was <b>made</b>."), {{QStringLiteral("1"), QStringLiteral("cite:0"), QStringLiteral("Open")}}, {}, false}});
    story.show();
    QVERIFY(story.accessibleDescription().contains(QLatin1String("The key was made.")));
    QVERIFY(story.accessibleDescription().contains(QLatin1String("[1]")));
    QSignalSpy opened(&story, &StoryText::linkActivated);
    QTest::keyClick(&story, Qt::Key_Tab);
    QTest::keyClick(&story, Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().toString(), QStringLiteral("cite:0"));
}

QTEST_MAIN(TestGraphLayout)
#include "tst_graph_layout.moc"
