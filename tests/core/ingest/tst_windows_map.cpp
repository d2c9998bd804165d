#include "core/ingest/record_router.h"
#include "tests/core/ingest/entity_texts.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

namespace {

const char* const subject = "'SubjectUserSid':'S-1-5-21-1-2-3-1001','SubjectUserName':'Ana','SubjectDomainName':'CORP',"
                            "'SubjectLogonId':'0x1f3a2'";

std::string nested(const std::string& channel, int id, const std::string& data, const std::string& system = {})
{
    return json("{'Event':{'System':{'Provider':{'#attributes':{'Name':'P'}},'EventID':" + std::to_string(id) +
                ",'TimeCreated':{'#attributes':{'SystemTime':'2026-03-01T10:00:00.1234567Z'}},'Channel':'" + channel +
                "','Computer':'WS1.corp.example'" + system + "},'EventData':{" + data + "}}}");
}

} // namespace

/// The field map of Windows events: every shape in which they come, the log sources, and what becomes of them.
class TestWindowsMap : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void everyShapeOfAnEventIsRoutedAndReadAlike_data();
    void everyShapeOfAnEventIsRoutedAndReadAlike();
    void membersOfOtherShapesLeadNoRecordAway_data();
    void membersOfOtherShapesLeadNoRecordAway();
    void aRecordThatContradictsItselfIsOfAnyLogSource_data();
    void aRecordThatContradictsItselfIsOfAnyLogSource();
    void channelsAndNumbersChooseTheLogSource_data();
    void channelsAndNumbersChooseTheLogSource();
    void eventsTellWhoDidWhatToWhat_data();
    void eventsTellWhoDidWhatToWhat();
    void userDataIsFoundWhateverItsElementIsCalled();

private:
    bool read(const std::string& record);
    QStringList texts(const char* field) const;

    FieldPlan m_plan;
    std::unique_ptr<FieldMaps> m_maps;
    std::unique_ptr<JsonEventView> m_view;
    std::unique_ptr<RecordRouter> m_router;
    const FieldMap* m_map = nullptr;
    std::string m_bytes;
};

void TestWindowsMap::initTestCase()
{
    for (const char* field : {"EventID", "Image", "Provider_Name", "CommandLine", "Query", "EventType", "Data"})
        m_plan.add(field);
    auto maps = FieldMaps::load(CORDON_SOURCE_DIR "/resources/field_maps", m_plan);
    QVERIFY2(maps, maps ? "" : maps.error().detail.c_str());
    m_maps = std::make_unique<FieldMaps>(std::move(*maps));
    m_maps->complete(m_plan);
    m_view = std::make_unique<JsonEventView>(m_plan);
    m_router = std::make_unique<RecordRouter>(*m_maps);
}

bool TestWindowsMap::read(const std::string& record)
{
    m_bytes = record + std::string(RecordSource::padding, ' ');
    if (!m_view->read({m_bytes.data(), record.size()}))
        return false;
    m_map = m_router->route(*m_view);
    return m_map && m_map->name == "windows";
}

QStringList TestWindowsMap::texts(const char* field) const
{
    const auto& paths = m_plan.paths();
    const auto place = std::find(paths.begin(), paths.end(), field);
    QStringList all;
    for (const FieldValue& value : m_view->values(static_cast<FieldIndex>(place - paths.begin())))
        all << QString::fromUtf8(value.text.data(), static_cast<qsizetype>(value.text.size()));
    return all;
}

void TestWindowsMap::everyShapeOfAnEventIsRoutedAndReadAlike_data()
{
    QTest::addColumn<QString>("record");
    const auto row = [](const char* name, const char* record) { QTest::newRow(name) << QString(record); };
    row("nested with #attributes",
        "{'Event':{'System':{'Provider':{'#attributes':{'Name':'Microsoft-Windows-Sysmon'}},'EventID':1,'TimeCreated':{"
        "'#attributes':{'SystemTime':'2026-03-01T10:00:00Z'}},'Channel':'Microsoft-Windows-Sysmon/Operational','Computer':'WS1'},"
        "'EventData':{'Image':'C:/x.exe','User':'CORP/Ana'}}}");
    row("nested, the number with #text",
        "{'Event':{'System':{'Provider':{'#attributes':{'Name':'Microsoft-Windows-Sysmon'}},'EventID':{'#attributes':{"
        "'Qualifiers':0},'#text':1},'TimeCreated':{'#attributes':{'SystemTime':'2026-03-01T10:00:00Z'}},'Channel':"
        "'Microsoft-Windows-Sysmon/Operational','Computer':'WS1'},'EventData':{'Image':'C:/x.exe','User':'CORP/Ana'}}}");
    row("nested without #attributes",
        "{'Event':{'System':{'Provider':{'Name':'Microsoft-Windows-Sysmon'},'EventID':'1','TimeCreated':{'SystemTime':"
        "'2026-03-01T10:00:00Z'},'Channel':'Microsoft-Windows-Sysmon/Operational','Computer':'WS1'},'EventData':{'Image':"
        "'C:/x.exe','User':'CORP/Ana'}}}");
    row("Velociraptor",
        "{'System':{'Provider':{'Name':'Microsoft-Windows-Sysmon'},'EventID':{'Value':1},'TimeCreated':{'SystemTime':"
        "1772359200.0},'Channel':'Microsoft-Windows-Sysmon/Operational','Computer':'WS1'},'EventData':{'Image':'C:/x.exe',"
        "'User':'CORP/Ana'}}");
    row("Winlogbeat",
        "{'@timestamp':'2026-03-01T10:00:00.000Z','ecs':{'version':'1.5'},'event':{'code':1,'kind':'event','action':'x'},"
        "'winlog':{'event_id':1,'channel':'Microsoft-Windows-Sysmon/Operational','provider_name':'Microsoft-Windows-Sysmon',"
        "'computer_name':'WS1','event_data':{'Image':'C:/x.exe','User':'CORP/Ana'}}}");
    row("Winlogbeat 6",
        "{'@timestamp':'2026-03-01T10:00:00.000Z','event_id':1,'log_name':'Microsoft-Windows-Sysmon/Operational','source_name':"
        "'Microsoft-Windows-Sysmon','computer_name':'WS1','event_data':{'Image':'C:/x.exe','User':'CORP/Ana'}}");
    row("flat, NXLog",
        "{'EventTime':'2026-03-01 10:00:00','Hostname':'WS1','EventID':1,'SourceName':'Microsoft-Windows-Sysmon','Channel':"
        "'Microsoft-Windows-Sysmon/Operational','Image':'C:/x.exe','AccountName':'Ana','Domain':'CORP','UserID':'S-1-5-18'}");
    row("flat without a channel",
        "{'TimeCreated':'2026-03-01T10:00:00Z','Computer':'WS1','EventID':'1','ProviderName':'Microsoft-Windows-Sysmon',"
        "'Image':'C:/x.exe','SubjectUserName':'Ana','SubjectDomainName':'CORP'}");
}

void TestWindowsMap::everyShapeOfAnEventIsRoutedAndReadAlike()
{
    QFETCH(QString, record);
    std::string text = json(record.toStdString());
    for (std::size_t at = text.find("CORP/Ana"); at != std::string::npos; at = text.find("CORP/Ana"))
        text.replace(at, 8, "CORP\\\\Ana");
    QVERIFY(read(text));
    QCOMPARE(m_view->product(), std::string_view("windows"));
    QCOMPARE(m_view->service(), std::string_view("sysmon"));
    QCOMPARE(m_view->categories().size(), std::size_t{1});
    QCOMPARE(m_view->categories()[0], std::string("process_creation"));
    QCOMPARE(texts("EventID"), QStringList{"1"});
    QCOMPARE(texts("Image"), QStringList{"C:/x.exe"});
    QCOMPARE(texts("Provider_Name"), QStringList{"Microsoft-Windows-Sysmon"});
    const auto event = normalise(*m_map, *m_view);
    QVERIFY(event);
    QCOMPARE(QString::fromStdString(event->time.toString()), QString("2026-03-01T10:00:00.000000Z"));
    QCOMPARE(shown(event->actor), QString("account/=corp\\ana"));
    QVERIFY(shown(event->targets).contains("used host/=ws1"));
}

void TestWindowsMap::membersOfOtherShapesLeadNoRecordAway_data()
{
    everyShapeOfAnEventIsRoutedAndReadAlike_data();
}

/// Members that a record of its shape does not have: its own places say what it is and what it holds.
void TestWindowsMap::membersOfOtherShapesLeadNoRecordAway()
{
    QFETCH(QString, record);
    std::string text = json(record.toStdString());
    const bool isFlat = text.find("Event\"") == std::string::npos && text.find("System\"") == std::string::npos &&
                        text.find("winlog\"") == std::string::npos;
    const auto with = [&text](const std::string& member) {
        return std::vector<std::string>{text.substr(0, text.size() - 1) + "," + json(member) + "}",
                                        "{" + json(member) + "," + text.substr(1)};
    };
    for (const char* member :
         {"'category':'AuditLogs'", "'Type':'AuditLogs'", "'riskEventType':'x'", "'methodName':'a.b'",
          "'protoPayload':{'methodName':'a.b','serviceName':'c'}", "'apiVersion':'audit.k8s.io/v1','kind':'Event'",
          "'eventSource':'a','eventName':'b','eventVersion':'1','awsRegion':'c'", "'Operation':'x','UserType':0",
          "'action':'x','actor':'y','user':'z'", "'eventType':'x','published':'y'", "'class_uid':1,'category_uid':2",
          "'kibana.alert.uuid':'x'", "'kibana.alert.rule.name':'x'", "'ecs.version':'8','event.action':'x'",
          "'resourceId':'/subscriptions/1','operationName':'x'"}) {
        for (const std::string& made : with(member)) {
            QVERIFY2(read(made), made.c_str());
            QCOMPARE(m_view->categories().size(), std::size_t{1});
            QCOMPARE(texts("Image"), QStringList{"C:/x.exe"});
        }
    }
    if (isFlat)
        return;
    for (const char* member : {"'Image':'C:/other.exe'", "'process':{'executable':'C:/other.exe'}", "'NewProcessName':'C:/other.exe'",
                               "'event_data':{'Image':'C:/other.exe'}"}) {
        for (const std::string& made : with(member)) {
            QVERIFY2(read(made), made.c_str());
            QCOMPARE(texts("Image"), QStringList{"C:/x.exe"});
        }
    }
}

void TestWindowsMap::aRecordThatContradictsItselfIsOfAnyLogSource_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<bool>("contradicts");
    const auto row = [](const char* name, const char* record, bool contradicts) {
        QTest::newRow(name) << QString(record) << contradicts;
    };
    row("the number twice", "{'EventID':4688,'EventID':1,'Channel':'Security','Computer':'h'}", true);
    row("the number twice, the same", "{'EventID':4688,'EventID':'4688','Channel':'Security','Computer':'h'}", false);
    row("the channel twice", "{'EventID':1,'Channel':'Application','Computer':'h','Channel':'Security'}", true);
    row("the channel twice, in other letters", "{'EventID':1,'Channel':'SECURITY','Computer':'h','Channel':'Security'}", false);
    row("the channel by two names", "{'EventID':1,'LogName':'Security','Computer':'h','Channel':'Application'}", true);
    row("the number by two names", "{'EventID':1,'event_id':2,'Computer':'h','Channel':'Security'}", true);
    row("nested, the number twice",
        "{'Event':{'System':{'EventID':4104,'EventID':4103,'Channel':'Microsoft-Windows-PowerShell/Operational'}}}", true);
    row("nested, another beside it",
        "{'Event':{'System':{'EventID':4104,'Channel':'Security'}},'EventID':1}", true);
    row("nested, another shape beside it",
        "{'Event':{'System':{'EventID':4104,'Channel':'Security'}},'winlog':{'event_id':4104,'channel':'x'}}", true);
    row("a name of dots", "{'EventID':4688,'Channel':'Security','Computer':'h','Event.System.EventID':1}", true);
    row("a number with attributes",
        "{'Event':{'System':{'EventID':{'#attributes':{'Qualifiers':0},'#text':1},'Channel':'Security'}}}", false);
    row("the provider is no channel", "{'EventID':4688,'Channel':'Security','SourceName':'x','Computer':'h'}", false);
}

void TestWindowsMap::aRecordThatContradictsItselfIsOfAnyLogSource()
{
    QFETCH(QString, record);
    QFETCH(bool, contradicts);
    QVERIFY(read(json(record.toStdString())));
    QCOMPARE(m_view->service() == anyLogSource, contradicts);
}

void TestWindowsMap::channelsAndNumbersChooseTheLogSource_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<int>("id");
    QTest::addColumn<QString>("source");
    const auto row = [](const char* channel, int id, const char* source) {
        QTest::newRow(qPrintable(QString("%1 %2").arg(channel).arg(id))) << QString(channel) << id << QString(source);
    };
    const char* const sysmon = "Microsoft-Windows-Sysmon/Operational";
    row(sysmon, 3, "sysmon network_connection");
    row(sysmon, 12, "sysmon registry_event registry_add registry_delete");
    row(sysmon, 13, "sysmon registry_event registry_set");
    row(sysmon, 18, "sysmon pipe_created");
    row(sysmon, 999, "sysmon");
    row("Security", 4688, "security process_creation");
    row("Security", 4624, "security");
    row("System", 7045, "system");
    row("Application", 1000, "application");
    row("Windows PowerShell", 400, "powershell-classic ps_classic_start");
    row("Microsoft-Windows-PowerShell/Operational", 4104, "powershell ps_script");
    row("PowerShellCore/Operational", 4103, "powershell ps_module");
    row("Microsoft-Windows-Windows Defender/Operational", 5001, "windefend");
    row("Microsoft-Windows-AppLocker/EXE and DLL", 8004, "applocker");
    row("microsoft-windows-wmi-activity/operational", 5861, "wmi");
    row("A channel nobody knows", 1, "");
}

void TestWindowsMap::channelsAndNumbersChooseTheLogSource()
{
    QFETCH(QString, channel);
    QFETCH(int, id);
    QFETCH(QString, source);
    QVERIFY(read(nested(channel.toStdString(), id, "'a':1")));
    QStringList told{QString::fromUtf8(m_view->service().data(), static_cast<qsizetype>(m_view->service().size()))};
    for (const std::string& category : m_view->categories())
        told << QString::fromStdString(category);
    QCOMPARE(told.join(' '), source);
}

void TestWindowsMap::eventsTellWhoDidWhatToWhat_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("told");
    const auto row = [](const char* name, const std::string& record, const char* told) {
        QTest::newRow(name) << QString::fromStdString(record) << QString(told);
    };
    const std::string who = subject;
    row("logon",
        nested("Security", 4624,
               "'SubjectUserName':'-','SubjectDomainName':'-','TargetUserName':'Bob','TargetDomainName':'CORP','TargetLogonId':"
               "'0x2F','IpAddress':'10.1.2.3','LogonType':3,'TargetUserSid':'S-1-5-21-1-2-3-1002'"),
        "success account/=corp\\bob 10.1.2.3 | same account/=s-1-5-21-1-2-3-1002 | used host/=ws1.corp.example | created "
        "credential/session=ws1.corp.example/logon/0x2f");
    row("refused logon",
        nested("Security", 4625, "'TargetUserName':'Bob','TargetDomainName':'CORP','SubStatus':'0xc000006a'",
               ",'Keywords':'0x8010000000000000'"),
        "failure 0xc000006a account/=corp\\bob | refused account/=corp\\bob | used host/=ws1.corp.example");
    for (const int ticket : {4768, 4771, 4776})
        row(qPrintable(QString("refused ticket or password %1").arg(ticket)),
            nested("Security", ticket, "'TargetUserName':'Bob','TargetDomainName':'CORP','Status':'0x18'", ",'Keywords':'0x8010000000000000'"),
            "failure 0x18 account/=corp\\bob | refused account/=corp\\bob | used host/=ws1.corp.example");
    row("account made", nested("Security", 4720, who + ",'TargetUserName':'New','TargetDomainName':'CORP','TargetSid':'S-1-5-21-1-2-3-9'"),
        "success account/=corp\\ana change | created account/=corp\\new | also account/=s-1-5-21-1-2-3-9 | used host/=ws1.corp.example");
    row("member added",
        nested("Security", 4728, who + ",'TargetUserName':'Domain Admins','TargetDomainName':'CORP','MemberSid':'S-1-5-21-1-2-3-9'"),
        "success account/=corp\\ana change | updated group/=corp\\domain admins | granted account/=s-1-5-21-1-2-3-9 | used "
        "host/=ws1.corp.example");
    row("service made", nested("System", 7045, "'ServiceName':'Upd','ImagePath':'x'", ",'Security':{'#attributes':{'UserID':'S-1-5-18'}}"),
        "success account/=s-1-5-18 | created resource/=ws1.corp.example/service/upd | used host/=ws1.corp.example");
    row("secrets of the directory asked for",
        nested("Security", 4662, who + ",'ObjectName':'%{a}','Properties':'%%7688 {1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}'"),
        "success account/=corp\\ana | read secret/=%{a} | used resource/=%{a} | used host/=ws1.corp.example");
}

void TestWindowsMap::eventsTellWhoDidWhatToWhat()
{
    QFETCH(QString, record);
    QFETCH(QString, told);
    QVERIFY(read(record.toStdString()));
    const auto event = normalise(*m_map, *m_view);
    QVERIFY(event);
    QString shownAs = event->outcome == EventOutcome::Failure ? "failure" : "success";
    if (!event->error.empty())
        shownAs += ' ' + QString::fromStdString(event->error);
    shownAs += ' ' + shown(event->actor);
    if (!event->address.empty())
        shownAs += ' ' + QString::fromStdString(event->address);
    if (event->isIdentityChange)
        shownAs += " change";
    for (const QString& target : shown(event->targets))
        shownAs += " | " + target;
    QCOMPARE(shownAs, told);
}

void TestWindowsMap::userDataIsFoundWhateverItsElementIsCalled()
{
    QVERIFY(read(json("{'Event':{'System':{'EventID':5861,'Channel':'Microsoft-Windows-WMI-Activity/Operational','Computer':'WS1'},"
                      "'UserData':{'Some_Name':{'Query':'select 1'}}}}")));
    QCOMPARE(texts("Query"), QStringList{"select 1"});
}

QTEST_GUILESS_MAIN(TestWindowsMap)
#include "tst_windows_map.moc"
