#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <set>
#include <vector>

namespace {

struct Message
{
    QString context;
    QString source;
    QString state; ///< "" when finished
    bool isCounted = false;
    QStringList translations; ///< one, or one for each form of a count
};

std::vector<Message> messagesOf(const QString& file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return {};
    std::vector<Message> messages;
    QXmlStreamReader xml(&in);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("message")) {
            messages.push_back({context, {}, {}, xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes"), {}});
        } else if (xml.name() == QLatin1String("source") && !messages.empty()) {
            messages.back().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation") && !messages.empty()) {
            messages.back().state = xml.attributes().value(QLatin1String("type")).toString();
            if (!messages.back().isCounted)
                messages.back().translations += xml.readElementText();
        } else if (xml.name() == QLatin1String("numerusform") && !messages.empty()) {
            messages.back().translations += xml.readElementText();
        }
    }
    return messages;
}

/// What a translation has to carry over: %1, {name}, the head of a {name|one|many}, tags.
std::set<QString> places(const QString& text)
{
    static const QRegularExpression shape(QStringLiteral("%\\d+|\\{[a-z_]+(?=[|}])|</?[a-z]+>"));
    std::set<QString> found;
    for (auto all = shape.globalMatch(text); all.hasNext();)
        found.insert(all.next().captured());
    return found;
}

bool hasMnemonic(const QString& text)
{
    static const QRegularExpression shape(QStringLiteral("&\\w"));
    return shape.match(text).hasMatch();
}

/// The approval program: the room of its forms, and what they show from ui/text and ui/travel.
bool isOfTheApprovalProgram(const Message& message)
{
    static const std::set<QString> others{QStringLiteral("FactRows"),     QStringLiteral("PersonWords"), QStringLiteral("RefusalWords"),
                                          QStringLiteral("FactText"),     QStringLiteral("Names"),       QStringLiteral("Times"),
                                          QStringLiteral("Words")};
    return message.context.startsWith(QLatin1String("cordon::ui::approval")) || message.context.startsWith(QLatin1String("cordon::ui::travel")) ||
           others.count(message.context) > 0;
}

QString shown(const Message& message)
{
    return message.context + QStringLiteral(": ") + message.source;
}

} // namespace

/// The .ts files hold together, and the approval program's are whole.
class TestTranslations : public QObject
{
    Q_OBJECT

    const QString m_folder = QStringLiteral(CORDON_SOURCE_DIR "/translations/");

    [[nodiscard]] QStringList files() const { return QDir(m_folder).entryList({QStringLiteral("*.ts")}); }

private slots:
    void placesAgreeBetweenSourceAndTranslation()
    {
        QVERIFY(!files().isEmpty());
        for (const QString& file : files()) {
            int finished = 0;
            const auto messages = messagesOf(m_folder + file);
            for (const Message& message : messages) {
                if (!message.state.isEmpty())
                    continue;
                ++finished;
                QVERIFY2(!message.translations.isEmpty(), qPrintable(shown(message)));
                for (const QString& translation : message.translations) {
                    QVERIFY2(!translation.trimmed().isEmpty(), qPrintable(shown(message)));
                    QVERIFY2(places(translation) == places(message.source), qPrintable(shown(message) + QStringLiteral(" / ") + translation));
                    QVERIFY2(translation.count(QLatin1Char('{')) == translation.count(QLatin1Char('}')), qPrintable(translation));
                    QVERIFY2(translation.count(QLatin1Char('\n')) == message.source.count(QLatin1Char('\n')), qPrintable(translation));
                    QVERIFY2(hasMnemonic(translation) == hasMnemonic(message.source), qPrintable(translation));
                }
                if (message.isCounted) {
                    QCOMPARE(message.translations.size(), 2);
                    const bool namesCount = message.source.contains(QLatin1String("%n"));
                    QVERIFY2(message.translations.last().contains(QLatin1String("%n")) == namesCount, qPrintable(shown(message)));
                }
            }
            QVERIFY2(finished > 200, qPrintable(file));
            qInfo("%s: %d of %d sentences", qPrintable(file), finished, static_cast<int>(messages.size()));
        }
    }

    /// lupdate that lost its way in a file writes the bare name of a class, and nothing ever looks there.
    void everyContextIsTheWholeNameOfItsClass()
    {
        for (const QString& file : files()) {
            std::set<QString> contexts;
            for (const Message& message : messagesOf(m_folder + file))
                contexts.insert(message.context);
            for (const QString& context : contexts) {
                const QString end = QStringLiteral("::") + context;
                QVERIFY2(std::none_of(contexts.begin(), contexts.end(), [&](const QString& other) { return other.endsWith(end); }), qPrintable(context));
            }
        }
    }

    void theApprovalProgramIsWhole()
    {
        for (const QString& file : files()) {
            int count = 0;
            for (const Message& message : messagesOf(m_folder + file)) {
                if (!isOfTheApprovalProgram(message))
                    continue;
                ++count;
                QVERIFY2(message.state.isEmpty(), qPrintable(shown(message)));
            }
            QVERIFY2(count > 100, qPrintable(QString::number(count)));
        }
    }

    /// What was said anew since `update_translations` ran last is not in the file yet.
    void noSentenceOfTheApprovalProgramIsMissing()
    {
        const QDir source(QStringLiteral(CORDON_SOURCE_DIR));
        QStringList sources{source.filePath(QStringLiteral("app/cordon_approve.cpp"))};
        for (const char* room : {"ui/approval", "ui/travel", "ui/text"})
            sources += source.filePath(QLatin1String(room));
        for (const QString& file : files()) {
            const QTemporaryDir folder;
            const QString copy = folder.filePath(file);
            QVERIFY(QFile::copy(m_folder + file, copy));
            QProcess lupdate;
            lupdate.start(QStringLiteral(CORDON_LUPDATE), sources + QStringList{QStringLiteral("-silent"), QStringLiteral("-I"), source.path(),
                                                                                QStringLiteral("-locations"), QStringLiteral("none"),
                                                                                QStringLiteral("-ts"), copy});
            QVERIFY(lupdate.waitForFinished(60'000));
            QVERIFY2(lupdate.exitCode() == 0, lupdate.readAllStandardError().constData());
            const auto messages = messagesOf(copy);
            QVERIFY(!messages.empty());
            for (const Message& message : messages) {
                if (isOfTheApprovalProgram(message) && message.state != QLatin1String("vanished"))
                    QVERIFY2(message.state.isEmpty(), qPrintable(shown(message) + QStringLiteral("\nrun update_translations and translate it")));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
