<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>ProposalPicture</name>
    <message>
        <source>(not of this incident: refused)</source>
        <translation>(nicht aus diesem Vorfall: abgelehnt)</translation>
    </message>
    <message>
        <source>(there is no such verb: refused)</source>
        <translation>(dieses Verb gibt es nicht: abgelehnt)</translation>
    </message>
    <message>
        <source>Its author writes: “%1”</source>
        <translation>Wer das verfasst hat, schreibt: „%1“</translation>
    </message>
</context>
<context>
    <name>AgentRows</name>
    <message>
        <source>—</source>
        <translation>—</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>effect, tier, clauses</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>gefragt</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>genehmigt</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>reply refused</source>
        <translation>Antwort abgewiesen</translation>
    </message>
    <message>
        <source>ran out</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>void</source>
        <translation>hinfällig</translation>
    </message>
    <message>
        <source>used</source>
        <translation>benutzt</translation>
    </message>
    <message>
        <source>Opened (UTC)</source>
        <translation>Eröffnet (UTC)</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Ended (UTC)</source>
        <translation>Beendet (UTC)</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Ledger entry</source>
        <translation>Journaleintrag</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Framework</source>
        <translation>Rahmenwerk</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>Kontrolle</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Evidence in this case</source>
        <translation>Beleg in diesem Fall</translation>
    </message>
    <message>
        <source>Clauses</source>
        <translation>Klauseln</translation>
    </message>
    <message>
        <source>Met by</source>
        <translation>Erfüllt durch</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s), newest entry %1</source>
        <translation>
            <numerusform>%n-mal, neuester Eintrag %1</numerusform>
            <numerusform>%n-mal, neuester Eintrag %1</numerusform>
        </translation>
    </message>
    <message>
        <source>no evidence in this case</source>
        <translation>kein Beleg in diesem Fall</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>War</translation>
    </message>
    <message>
        <source>Would be</source>
        <translation>Wäre</translation>
    </message>
    <message>
        <source>not judged again: the ledger does not hold what the gate was asked</source>
        <translation>nicht neu beurteilt: das Journal enthält nicht, was das Gate gefragt wurde</translation>
    </message>
    <message>
        <source>not judged again: what was recorded does not give the recorded decision back</source>
        <translation>nicht neu beurteilt: das Festgehaltene ergibt nicht die festgehaltene Entscheidung</translation>
    </message>
    <message>
        <source>not judged again: what was recorded cannot be read</source>
        <translation>nicht neu beurteilt: das Festgehaltene kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>dasselbe</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Approvers</source>
        <translation>Stimmen</translation>
    </message>
    <message>
        <source>Asked (UTC)</source>
        <translation>Gefragt (UTC)</translation>
    </message>
    <message>
        <source>Decide by / decided</source>
        <translation>Frist / entschieden</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>approvals given, needed</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Case time (UTC)</source>
        <translation>Fallzeit (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>Faktoren</translation>
    </message>
    <message>
        <source>Read for</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>DecisionRows</name>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>%1 (floor of the verb: %2)</source>
        <translation>%1 (mindestens für dieses Verb: %2)</translation>
    </message>
    <message>
        <source>Deciding clauses</source>
        <translation>Entscheidende Klauseln</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Weil</translation>
    </message>
    <message>
        <source>Still missing</source>
        <translation>Fehlt noch</translation>
    </message>
    <message>
        <source>%1, one of them a commander</source>
        <translation>%1, davon eine Einsatzleitung</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Action digest</source>
        <translation>Prüfsumme der Aktion</translation>
    </message>
    <message>
        <source>none: the action has no exact form</source>
        <translation>keine: die Aktion hat keine genaue Form</translation>
    </message>
    <message>
        <source>%1 of the mandate: %2</source>
        <comment>clause, what it says</comment>
        <translation>%1 des Mandats: %2</translation>
    </message>
</context>
<context>
    <name>FactRows</name>
    <message>
        <source>Will do</source>
        <translation>Tut</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Mit</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Weil</translation>
    </message>
    <message>
        <source>Cited events</source>
        <translation>Zitierte Ereignisse</translation>
    </message>
    <message>
        <source>Blast radius</source>
        <translation>Auswirkung</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Before it runs</source>
        <translation>Vor der Ausführung</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rücknahme</translation>
    </message>
    <message>
        <source>Still open after</source>
        <translation>Danach noch offen</translation>
    </message>
    <message>
        <source>Residual access</source>
        <translation>Restzugang</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Mandate</source>
        <translation>Mandat</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Braucht</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) in evidence %1…, at byte %2</source>
        <translation>
            <numerusform>%n Ereignis im Beweismittel %1…, an Byte %2</numerusform>
            <numerusform>%n Ereignisse im Beweismittel %1…, an den Bytes %2</numerusform>
        </translation>
    </message>
    <message>
        <source>✓ %1</source>
        <comment>a pre-check that is met</comment>
        <translation>✓ %1</translation>
    </message>
    <message>
        <source>✗ %1: not met</source>
        <comment>a pre-check</comment>
        <translation>✗ %1: nicht erfüllt</translation>
    </message>
    <message>
        <source>? %1: %2</source>
        <comment>a pre-check, its result</comment>
        <translation>? %1: %2</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>Stand</translation>
    </message>
</context>
<context>
    <name>IncidentGraph</name>
    <message>
        <source>sessions ×%1</source>
        <translation>Sitzungen ×%1</translation>
    </message>
    <message>
        <source>credentials ×%1</source>
        <translation>Zugangsdaten ×%1</translation>
    </message>
    <message>
        <source>roles ×%1</source>
        <translation>Rollen ×%1</translation>
    </message>
    <message>
        <source>machines ×%1</source>
        <translation>Maschinen ×%1</translation>
    </message>
    <message>
        <source>groups ×%1</source>
        <translation>Gruppen ×%1</translation>
    </message>
    <message>
        <source>applications ×%1</source>
        <translation>Anwendungen ×%1</translation>
    </message>
    <message>
        <source>secrets ×%1</source>
        <translation>Geheimnisse ×%1</translation>
    </message>
    <message>
        <source>addresses ×%1</source>
        <translation>Adressen ×%1</translation>
    </message>
    <message>
        <source>policies ×%1</source>
        <translation>Richtlinien ×%1</translation>
    </message>
    <message>
        <source>resources ×%1</source>
        <translation>Ressourcen ×%1</translation>
    </message>
    <message>
        <source>In the verified scope: confirmed by a person</source>
        <translation>Im bestätigten Umfang: von einer Person bestätigt</translation>
    </message>
    <message>
        <source>In the verified scope: confirmed by the exercise tenant (simulated)</source>
        <translation>Im bestätigten Umfang: von der Übungsumgebung bestätigt (simuliert)</translation>
    </message>
    <message>
        <source>In the verified scope: a second source confirmed the misuse</source>
        <translation>Im bestätigten Umfang: eine zweite Quelle hat den Missbrauch bestätigt</translation>
    </message>
    <message>
        <source>Outside the verified scope: the agent may not act on it</source>
        <translation>Außerhalb des bestätigten Umfangs: der Agent darf nichts daran tun</translation>
    </message>
    <message>
        <source>attached</source>
        <translation>angehängt</translation>
    </message>
    <message>
        <source>detached</source>
        <translation>gelöst</translation>
    </message>
    <message>
        <source>granted</source>
        <translation>gewährt</translation>
    </message>
    <message>
        <source>created</source>
        <translation>angelegt</translation>
    </message>
</context>
<context>
    <name>IncidentStory</name>
    <message numerus="yes">
        <source>Open the exact bytes of %n event(s)</source>
        <translation>
            <numerusform>Genaue Bytes von %n Ereignis öffnen</numerusform>
            <numerusform>Genaue Bytes von %n Ereignissen öffnen</numerusform>
        </translation>
    </message>
    <message>
        <source>The story is being written.</source>
        <translation>Die Geschichte wird geschrieben.</translation>
    </message>
    <message numerus="yes">
        <source>Built-in narrator, %n cited event(s).</source>
        <translation>
            <numerusform>Eingebauter Erzähler, %n zitiertes Ereignis.</numerusform>
            <numerusform>Eingebauter Erzähler, %n zitierte Ereignisse.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IncidentTimeline</name>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>people</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>first containment · %1 after the first attacker event</source>
        <translation>erste Eindämmung · %1 nach dem ersten Ereignis des Angreifers</translation>
    </message>
</context>
<context>
    <name>MemberList</name>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Risk of the entity: %1 of 100</source>
        <translation>Risiko der Identität: %1 von 100</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>points, reason</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>Entity</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Rolle darin</translation>
    </message>
    <message>
        <source>Verified scope</source>
        <translation>Bestätigter Umfang</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>innen</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>außen</translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>%1 %2</source>
        <comment>kind, id</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <comment>kind, name, id</comment>
        <translation>%1 %2 (%3)</translation>
    </message>
    <message>
        <source>account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>credential</source>
        <translation>Zugangsdaten</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>workload</source>
        <translation>Workload</translation>
    </message>
    <message>
        <source>host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>secret</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>resource</source>
        <translation>Ressource</translation>
    </message>
    <message>
        <source>application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>analyst</source>
        <translation>Analyst</translation>
    </message>
    <message>
        <source>commander</source>
        <translation>Einsatzleitung</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>reviewer</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Formerly %1</source>
        <comment>older ids of an ATT&amp;CK technique</comment>
        <translation>Früher %1</translation>
    </message>
</context>
<context>
    <name>PersonWords</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign a command</source>
        <translation>Einen Befehl unterschreiben</translation>
    </message>
    <message>
        <source>Sign a change among people</source>
        <translation>Eine Änderung bei den Personen unterschreiben</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>PIN ändern</translation>
    </message>
    <message>
        <source>Make your key and factors</source>
        <translation>Schlüssel und Faktoren anlegen</translation>
    </message>
    <message>
        <source>For twelve hours, or until the console locks, notes, assignments and skipped steps are signed for you. Whatever touches containment asks for your factors again.</source>
        <translation>Zwölf Stunden lang, oder bis die Konsole gesperrt wird, werden Notizen, Zuweisungen und übersprungene Schritte für Sie unterschrieben. Was die Eindämmung berührt, verlangt Ihre Faktoren erneut.</translation>
    </message>
    <message>
        <source>It is done at once, under your name, and stays in the ledger.</source>
        <translation>Es geschieht sofort, unter Ihrem Namen, und bleibt im Journal.</translation>
    </message>
    <message>
        <source>As an owner you vouch for this with both factors.</source>
        <translation>Als Verantwortliche Person stehen Sie mit beiden Faktoren dafür ein.</translation>
    </message>
    <message>
        <source>Key and authenticator stay the same.</source>
        <translation>Schlüssel und Authenticator bleiben dieselben.</translation>
    </message>
    <message>
        <source>Choose a PIN that nobody else knows. It guards your key on this machine.</source>
        <translation>Wählen Sie eine PIN, die sonst niemand kennt. Sie schützt Ihren Schlüssel auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Change PIN</source>
        <translation>PIN ändern</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Unterschreiben</translation>
    </message>
    <message>
        <source>Take a step back</source>
        <translation>Einen Schritt zurücknehmen</translation>
    </message>
    <message>
        <source>Keep contained</source>
        <translation>Eingedämmt lassen</translation>
    </message>
    <message>
        <source>Resume the agent</source>
        <translation>Den Agenten fortsetzen</translation>
    </message>
    <message>
        <source>Record what was done elsewhere</source>
        <translation>Festhalten, was anderswo getan wurde</translation>
    </message>
    <message>
        <source>Let the paused session go on</source>
        <translation>Die unterbrochene Sitzung fortsetzen</translation>
    </message>
    <message>
        <source>Skip a step</source>
        <translation>Einen Schritt überspringen</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Say that somebody is here</source>
        <translation>Sagen, dass jemand da ist</translation>
    </message>
    <message>
        <source>Join this exercise</source>
        <translation>Dieser Übung beitreten</translation>
    </message>
    <message>
        <source>If others changed it since</source>
        <translation>Wenn andere es seither geändert haben</translation>
    </message>
    <message>
        <source>undo it all the same</source>
        <translation>trotzdem zurücknehmen</translation>
    </message>
    <message>
        <source>leave it and say so</source>
        <translation>so lassen und es melden</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Choose six characters or more that are no name and no run such as 123456.</source>
        <translation>Wählen Sie sechs Zeichen oder mehr, keinen Namen und keine Folge wie 123456.</translation>
    </message>
    <message>
        <source>The second PIN is another one.</source>
        <translation>Die zweite PIN ist eine andere.</translation>
    </message>
    <message>
        <source>Wrong PIN. Five in a row lock you out for 15 minutes, twenty for good.</source>
        <translation>Falsche PIN. Nach fünf Fehlversuchen in Folge sind Sie 15 Minuten gesperrt, nach zwanzig auf Dauer.</translation>
    </message>
    <message>
        <source>The authenticator shows another code. Look again, and check the clock of the phone.</source>
        <translation>Der Authenticator zeigt einen anderen Code. Sehen Sie noch einmal hin und prüfen Sie die Uhr des Telefons.</translation>
    </message>
    <message>
        <source>Take in a security key</source>
        <translation>Einen Sicherheitsschlüssel aufnehmen</translation>
    </message>
    <message>
        <source>Plug it in, the only one. It is touched twice: to make a credential, and to show that it can sign. Nobody checks who built it. An owner signs afterwards.</source>
        <translation>Stecken Sie ihn ein, als einzigen. Er wird zweimal berührt: um Zugangsdaten zu erzeugen und um zu zeigen, dass er unterschreiben kann. Niemand prüft, wer ihn gebaut hat. Danach unterschreibt eine verantwortliche Person.</translation>
    </message>
    <message>
        <source>Touch it</source>
        <translation>Berühren</translation>
    </message>
    <message>
        <source>Close the incident</source>
        <translation>Vorfall schließen</translation>
    </message>
    <message>
        <source>Open the incident again</source>
        <translation>Vorfall wieder öffnen</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Move a step of the sequence</source>
        <translation>Einen Schritt der Abfolge verschieben</translation>
    </message>
    <message>
        <source>Add a step to the sequence</source>
        <translation>Einen Schritt in die Abfolge aufnehmen</translation>
    </message>
    <message>
        <source>Change a step of the sequence</source>
        <translation>Einen Schritt der Abfolge ändern</translation>
    </message>
    <message>
        <source>Take a proposed sequence</source>
        <translation>Eine vorgeschlagene Abfolge übernehmen</translation>
    </message>
    <message>
        <source>Take a step back into the sequence</source>
        <translation>Einen Schritt wieder in die Abfolge nehmen</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>Was getan wird</translation>
    </message>
    <message>
        <source>To what</source>
        <translation>Woran</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>The clock is right though it was set back from</source>
        <translation>Die Uhr stimmt, obwohl sie zurückgestellt wurde von</translation>
    </message>
    <message>
        <source>Given back after</source>
        <translation>Zurückgegeben nach</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>The proposal</source>
        <translation>Der Vorschlag</translation>
    </message>
</context>
<context>
    <name>QTableView</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>RefusalWords</name>
    <message>
        <source>This authenticator code was used already. Wait for the next one.</source>
        <translation>Dieser Authenticator-Code wurde schon benutzt. Warten Sie auf den nächsten.</translation>
    </message>
    <message>
        <source>The authenticator code is missing.</source>
        <translation>Der Authenticator-Code fehlt.</translation>
    </message>
    <message>
        <source>After twenty wrong attempts your PIN and authenticator are switched off. Two owners can switch them on again.</source>
        <translation>Nach zwanzig Fehlversuchen sind Ihre PIN und Ihr Authenticator abgeschaltet. Zwei Verantwortliche können sie wieder einschalten.</translation>
    </message>
    <message>
        <source>Your key file cannot be read, so nothing can be signed. Tell an owner.</source>
        <translation>Ihre Schlüsseldatei kann nicht gelesen werden, deshalb kann nichts unterschrieben werden. Sagen Sie es einer verantwortlichen Person.</translation>
    </message>
    <message>
        <source>This request has run out. It has to be asked for again.</source>
        <translation>Diese Anfrage ist abgelaufen. Sie muss neu gestellt werden.</translation>
    </message>
    <message>
        <source>This text carries no leave to answer for this approver. Ask for your own copy of the request.</source>
        <translation>Dieser Text gibt keine Erlaubnis, für diese Person zu antworten. Bitten Sie um Ihre eigene Kopie der Anfrage.</translation>
    </message>
    <message>
        <source>You are not among the people of this installation.</source>
        <translation>Sie gehören nicht zu den Personen dieser Installation.</translation>
    </message>
    <message>
        <source>Your key was revoked. Somebody else has to decide.</source>
        <translation>Ihr Schlüssel wurde widerrufen. Jemand anderes muss entscheiden.</translation>
    </message>
    <message>
        <source>Your key file holds another key than the one known for you. Tell an owner.</source>
        <translation>Ihre Schlüsseldatei enthält einen anderen Schlüssel als den, der für Sie bekannt ist. Sagen Sie es einer verantwortlichen Person.</translation>
    </message>
    <message>
        <source>The agent’s key cannot answer its own request.</source>
        <translation>Der Schlüssel des Agenten kann seine eigene Anfrage nicht beantworten.</translation>
    </message>
    <message>
        <source>Only analysts and commanders can decide this.</source>
        <translation>Nur Analysten und Einsatzleitungen können das entscheiden.</translation>
    </message>
    <message>
        <source>You asked for this yourself. Somebody else has to decide.</source>
        <translation>Sie haben selbst darum gebeten. Jemand anderes muss entscheiden.</translation>
    </message>
    <message>
        <source>Your training has run out, so you can deny but not approve.</source>
        <translation>Ihre Schulung ist abgelaufen; Sie können ablehnen, aber nicht genehmigen.</translation>
    </message>
    <message>
        <source>The reason is too long: 500 bytes at most.</source>
        <translation>Die Begründung ist zu lang: höchstens 500 Bytes.</translation>
    </message>
    <message>
        <source>A denial needs a reason.</source>
        <translation>Eine Ablehnung braucht eine Begründung.</translation>
    </message>
    <message>
        <source>The code is not the one shown.</source>
        <translation>Der Code ist nicht der angezeigte.</translation>
    </message>
    <message>
        <source>The target is not the one shown.</source>
        <translation>Das Ziel ist nicht das angezeigte.</translation>
    </message>
    <message>
        <source>Your security key is not there. Plug it in, the only one, and try again.</source>
        <translation>Ihr Sicherheitsschlüssel ist nicht da. Stecken Sie ihn ein, als einzigen, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>This security key is not enrolled for you.</source>
        <translation>Dieser Sicherheitsschlüssel ist nicht für Sie eingetragen.</translation>
    </message>
    <message>
        <source>The security key refused its PIN or your finger, or is blocked.</source>
        <translation>Der Sicherheitsschlüssel hat seine PIN oder Ihren Finger abgelehnt oder ist gesperrt.</translation>
    </message>
    <message>
        <source>The security key did not answer. Try again.</source>
        <translation>Der Sicherheitsschlüssel hat nicht geantwortet. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>What the security key signed is not this decision. Tell an owner.</source>
        <translation>Was der Sicherheitsschlüssel unterschrieben hat, ist nicht diese Entscheidung. Sagen Sie es einer verantwortlichen Person.</translation>
    </message>
    <message>
        <source>This request does not hold together and cannot be answered.</source>
        <translation>Diese Anfrage ist in sich nicht stimmig und kann nicht beantwortet werden.</translation>
    </message>
    <message>
        <source>This request was not signed by the agent and cannot be answered.</source>
        <translation>Diese Anfrage wurde nicht vom Agenten unterschrieben und kann nicht beantwortet werden.</translation>
    </message>
    <message>
        <source>Locked after too many wrong attempts. Somebody else can decide meanwhile.</source>
        <translation>Nach zu vielen Fehlversuchen gesperrt. Inzwischen kann jemand anderes entscheiden.</translation>
    </message>
    <message>
        <source>Locked until %1 UTC after too many wrong attempts. Somebody else can decide meanwhile.</source>
        <translation>Nach zu vielen Fehlversuchen bis %1 UTC gesperrt. Inzwischen kann jemand anderes entscheiden.</translation>
    </message>
    <message numerus="yes">
        <source>Wrong PIN. %n wrong attempt(s) here; five in a row lock you out for 15 minutes, twenty for good.</source>
        <translation>
            <numerusform>Falsche PIN. %n Fehlversuch hier; nach fünf in Folge sind Sie 15 Minuten gesperrt, nach zwanzig auf Dauer.</numerusform>
            <numerusform>Falsche PIN. %n Fehlversuche hier; nach fünf in Folge sind Sie 15 Minuten gesperrt, nach zwanzig auf Dauer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wrong authenticator code. %n wrong attempt(s) here; five in a row lock you out for 15 minutes.</source>
        <translation>
            <numerusform>Falscher Authenticator-Code. %n Fehlversuch hier; nach fünf in Folge sind Sie 15 Minuten gesperrt.</numerusform>
            <numerusform>Falscher Authenticator-Code. %n Fehlversuche hier; nach fünf in Folge sind Sie 15 Minuten gesperrt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Abgelehnt: %1</translation>
    </message>
</context>
<context>
    <name>Rights</name>
    <message>
        <source>Takes an analyst or a commander. Nobody of this case is at the desk: choose who you are in the status bar.</source>
        <translation>Braucht einen Analysten oder eine Einsatzleitung. Niemand aus diesem Fall ist am Platz: wählen Sie in der Statuszeile, wer Sie sind.</translation>
    </message>
    <message>
        <source>Takes an analyst or a commander. %1 at the desk is %2.</source>
        <comment>person, roles</comment>
        <translation>Braucht einen Analysten oder eine Einsatzleitung. %1 am Platz hat die Rolle %2.</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>on its way to %1</source>
        <translation>unterwegs zu %1</translation>
    </message>
    <message>
        <source>—</source>
        <translation>—</translation>
    </message>
    <message>
        <source>playbook</source>
        <translation>Playbook</translation>
    </message>
    <message>
        <source>person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>1 in %1</source>
        <translation>1 von %1</translation>
    </message>
    <message>
        <source>Cordon</source>
        <translation>Cordon</translation>
    </message>
    <message>
        <source>Its id: %1</source>
        <translation>Dort bekannt als: %1</translation>
    </message>
    <message>
        <source>Its severity: %1</source>
        <translation>Dortiger Schweregrad: %1</translation>
    </message>
    <message>
        <source>Its status: %1</source>
        <translation>Dortiger Stand: %1</translation>
    </message>
    <message numerus="yes">
        <source>Updated %n time(s)</source>
        <translation>
            <numerusform>%n-mal aktualisiert</numerusform>
            <numerusform>%n-mal aktualisiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Drawn from a log that was read too: the same source, not a second one</source>
        <translation>Aus einem Log gewonnen, das auch gelesen wurde: dieselbe Quelle, keine zweite</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>Zeit (UTC)</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Rarity</source>
        <translation>Seltenheit</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Raised by</source>
        <translation>Ausgelöst von</translation>
    </message>
    <message>
        <source>Rule author</source>
        <translation>Autor der Regel</translation>
    </message>
    <message>
        <source>Link at the product</source>
        <translation>Link beim Produkt</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>author, licence</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>Von wem</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Clause</source>
        <translation>Klausel</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>clauses, tier</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Doppelt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>First record (UTC)</source>
        <translation>Erster Eintrag (UTC)</translation>
    </message>
    <message>
        <source>Last record (UTC)</source>
        <translation>Letzter Eintrag (UTC)</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>following</source>
        <translation>wird verfolgt</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>wird gelesen</translation>
    </message>
    <message>
        <source>quiet beyond its usual gap</source>
        <translation>still über die übliche Pause hinaus</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>no longer followed</source>
        <translation>nicht mehr verfolgt</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n file(s) read</source>
        <translation>
            <numerusform>%1 · %n Datei gelesen</numerusform>
            <numerusform>%1 · %n Dateien gelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing recognised yet</source>
        <translation>noch nichts erkannt</translation>
    </message>
    <message>
        <source>The newest record was this old when it came in, at %1</source>
        <translation>Der neueste Eintrag war so alt, als er eintraf, um %1</translation>
    </message>
    <message>
        <source>read whole</source>
        <translation>ganz gelesen</translation>
    </message>
    <message>
        <source>ended early</source>
        <translation>endete zu früh</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Ledger entry</source>
        <translation>Journaleintrag</translation>
    </message>
    <message>
        <source>people</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>sealed, whole</source>
        <translation>versiegelt, ganz</translation>
    </message>
    <message>
        <source>sealed, ended early</source>
        <translation>versiegelt, endete zu früh</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Zuständig</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>First seen (UTC)</source>
        <translation>Zuerst gesehen (UTC)</translation>
    </message>
    <message>
        <source>Last seen (UTC)</source>
        <translation>Zuletzt gesehen (UTC)</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>severity word, risk</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>contained by agent</source>
        <translation>vom Agenten eingedämmt</translation>
    </message>
    <message>
        <source>partly contained by agent</source>
        <translation>vom Agenten teilweise eingedämmt</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>approval waits</source>
        <translation>Genehmigung steht aus</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>as found</source>
        <translation>wie vorgefunden</translation>
    </message>
    <message>
        <source>rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>erased lawfully</source>
        <translation>rechtmäßig gelöscht</translation>
    </message>
    <message>
        <source>legal hold</source>
        <translation>Löschsperre</translation>
    </message>
    <message>
        <source>sealed, encrypted</source>
        <translation>versiegelt, verschlüsselt</translation>
    </message>
</context>
<context>
    <name>StepContent</name>
    <message>
        <source>no known dependents</source>
        <translation>keine bekannten Abhängigen</translation>
    </message>
    <message>
        <source>after step %1</source>
        <comment>numbers</comment>
        <translation>nach Schritt %1</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>who, when</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>↺ held: made by the intruder</source>
        <translation>↺ gehalten: vom Eindringling angelegt</translation>
    </message>
    <message>
        <source>↺ lease is over, giving back</source>
        <translation>↺ die Frist ist um, wird zurückgegeben</translation>
    </message>
    <message>
        <source>↺ held until %1</source>
        <comment>time</comment>
        <translation>↺ gehalten bis %1</translation>
    </message>
    <message>
        <source>Needs a person</source>
        <translation>Braucht eine Person</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> und %n weiteres</numerusform>
            <numerusform> und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Halted; to be asked again after resume</source>
        <translation>Angehalten; nach dem Fortsetzen erneut zu fragen</translation>
    </message>
    <message>
        <source>No decision; to be asked again</source>
        <translation>Keine Entscheidung; erneut zu fragen</translation>
    </message>
    <message>
        <source>put here or changed by %1</source>
        <comment>person</comment>
        <translation>eingefügt oder geändert von %1</translation>
    </message>
    <message>
        <source>Evidence first: step %1 stays before it</source>
        <comment>numbers</comment>
        <translation>Beweise zuerst: Schritt %1 bleibt davor</translation>
    </message>
    <message>
        <source>stops nobody who depends on it</source>
        <translation>hält niemanden auf, der davon abhängt</translation>
    </message>
    <message>
        <source>%1 depends on it</source>
        <comment>name of a dependent</comment>
        <translation>%1 hängt davon ab</translation>
    </message>
    <message>
        <source>%1 depend on it</source>
        <comment>names of dependents</comment>
        <translation>%1 hängen davon ab</translation>
    </message>
    <message numerus="yes">
        <source>%n depend(s) on it</source>
        <translation>
            <numerusform>%n hängt davon ab</numerusform>
            <numerusform>%n hängen davon ab</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>%1 %2</source>
        <comment>day, time</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 – %2 UTC</source>
        <comment>from and to</comment>
        <translation>%1 – %2 UTC</translation>
    </message>
    <message>
        <source>%1 %2 – %3 UTC</source>
        <comment>day, from and to</comment>
        <translation>%1 %2 – %3 UTC</translation>
    </message>
    <message>
        <source>%1 %2 – %3 %4 UTC</source>
        <comment>day and time, twice</comment>
        <translation>%1 %2 – %3 %4 UTC</translation>
    </message>
    <message>
        <source>%1 %2 UTC · %3 %4 here</source>
        <comment>day, time, local time, zone</comment>
        <translation>%1 %2 UTC · %3 %4 hier</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <comment>minutes, seconds</comment>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours, minutes</comment>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 T</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Observe</source>
        <translation>Beobachtend</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Disruptive</source>
        <translation>Störend</translation>
    </message>
    <message>
        <source>Destructive</source>
        <translation>Zerstörend</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>↺ reversible</source>
        <translation>↺ umkehrbar</translation>
    </message>
    <message>
        <source>◐ partly reversible</source>
        <translation>◐ teilweise umkehrbar</translation>
    </message>
    <message>
        <source>✕ no undo</source>
        <translation>✕ nicht umkehrbar</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>held</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>approval needed</source>
        <translation>Genehmigung nötig</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>outcome unknown</source>
        <translation>Ausgang unbekannt</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>done elsewhere</source>
        <translation>anderswo getan</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>contained</source>
        <translation>eingedämmt</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>suspected attacker</source>
        <translation>mutmaßlicher Angreifer</translation>
    </message>
    <message>
        <source>victim</source>
        <translation>Opfer</translation>
    </message>
    <message>
        <source>resource</source>
        <translation>Ressource</translation>
    </message>
    <message>
        <source>bystander</source>
        <translation>unbeteiligt</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>Erfolg</translation>
    </message>
    <message>
        <source>Failure</source>
        <translation>Fehlschlag</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>one more needed</source>
        <translation>eine weitere nötig</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>genehmigt</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>no longer valid</source>
        <translation>nicht mehr gültig</translation>
    </message>
    <message>
        <source>approved and done</source>
        <translation>genehmigt und getan</translation>
    </message>
    <message numerus="yes">
        <source>Needs %n approver(s)</source>
        <translation>
            <numerusform>Braucht %n Genehmigung</numerusform>
            <numerusform>Braucht %n Genehmigungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · step-up</source>
        <comment>who must approve</comment>
        <translation>%1 · mit Faktoren</translation>
    </message>
    <message>
        <source>the approval of a person</source>
        <translation>die Genehmigung einer Person</translation>
    </message>
    <message>
        <source>a person&apos;s confirmation that this target was misused</source>
        <translation>die Bestätigung einer Person, dass dieses Ziel missbraucht wurde</translation>
    </message>
    <message>
        <source>pre-check: %1</source>
        <translation>Vorprüfung: %1</translation>
    </message>
    <message>
        <source>room under limit %1</source>
        <translation>Spielraum unter der Grenze %1</translation>
    </message>
    <message>
        <source>True positive</source>
        <translation>Echter Treffer</translation>
    </message>
    <message>
        <source>False positive</source>
        <translation>Fehlalarm</translation>
    </message>
    <message>
        <source>Benign</source>
        <translation>Harmlos</translation>
    </message>
</context>
<context>
    <name>cordon::ui::approval::ApprovalForm</name>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>This request has run out. It has to be asked for again.</source>
        <translation>Diese Anfrage ist abgelaufen. Sie muss neu gestellt werden.</translation>
    </message>
    <message>
        <source>A denial is final for this action.</source>
        <translation>Eine Ablehnung ist für diese Aktion endgültig.</translation>
    </message>
    <message>
        <source>Scroll down to see all of it.</source>
        <translation>Blättern Sie nach unten, um alles zu sehen.</translation>
    </message>
    <message>
        <source>To approve, type the code.</source>
        <translation>Zum Genehmigen tippen Sie den Code ein.</translation>
    </message>
    <message>
        <source>To approve, type the target too.</source>
        <translation>Zum Genehmigen tippen Sie auch das Ziel ein.</translation>
    </message>
    <message>
        <source>To approve, enter your PIN.</source>
        <translation>Zum Genehmigen geben Sie Ihre PIN ein.</translation>
    </message>
    <message>
        <source>To approve, enter the six digits of your authenticator.</source>
        <translation>Zum Genehmigen geben Sie die sechs Ziffern Ihres Authenticators ein.</translation>
    </message>
    <message>
        <source>The reason is too long.</source>
        <translation>Die Begründung ist zu lang.</translation>
    </message>
    <message>
        <source>Approve opens in a moment.</source>
        <translation>Genehmigen wird gleich möglich.</translation>
    </message>
    <message>
        <source>Click Approve, or press Ctrl+Shift+Enter.</source>
        <translation>Klicken Sie auf Genehmigen, oder drücken Sie Strg+Umschalt+Eingabe.</translation>
    </message>
    <message>
        <source>hide exact bytes</source>
        <translation>genaue Bytes verbergen</translation>
    </message>
    <message>
        <source>show exact bytes</source>
        <translation>genaue Bytes zeigen</translation>
    </message>
    <message>
        <source>Deny and pause agent</source>
        <translation>Ablehnen und Agent anhalten</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>A denial needs a reason, of at most 500 bytes.</source>
        <translation>Eine Ablehnung braucht eine Begründung von höchstens 500 Bytes.</translation>
    </message>
    <message>
        <source>Your PIN signs the denial.</source>
        <translation>Ihre PIN unterschreibt die Ablehnung.</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Nothing outside the exercise tenant is touched.</source>
        <translation>Nichts außerhalb der Übungsumgebung wird berührt.</translation>
    </message>
    <message>
        <source>EXERCISE: decide a response step</source>
        <translation>ÜBUNG: über einen Schritt entscheiden</translation>
    </message>
    <message>
        <source>Decide a response step</source>
        <translation>Über einen Schritt entscheiden</translation>
    </message>
    <message>
        <source>The exact bytes that would be carried out</source>
        <translation>Die genauen Bytes, die ausgeführt würden</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (Sie)</translation>
    </message>
    <message numerus="yes">
        <source>%n more approver(s), one of them an incident commander, none of them you</source>
        <translation>
            <numerusform>noch %n Person, eine davon Einsatzleitung, nicht Sie</numerusform>
            <numerusform>noch %n Personen, eine davon Einsatzleitung, nicht Sie</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more approver(s), none of them you</source>
        <translation>
            <numerusform>noch %n Person, nicht Sie</numerusform>
            <numerusform>noch %n Personen, nicht Sie</numerusform>
        </translation>
    </message>
    <message>
        <source>second approver — any incident commander but you</source>
        <translation>zweite Person — eine Einsatzleitung, nicht Sie</translation>
    </message>
    <message>
        <source>second approver — any analyst or incident commander but you</source>
        <translation>zweite Person — Analyst oder Einsatzleitung, nicht Sie</translation>
    </message>
    <message>
        <source>Your training ends on %1.</source>
        <translation>Ihre Schulung endet am %1.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Approve, one of %1</source>
        <translation>Genehmigen, eine von %1</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Genehmigen</translation>
    </message>
    <message>
        <source>Deny…</source>
        <translation>Ablehnen …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Enter</source>
        <translation>Strg+Umschalt+Eingabe</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Answer a request</source>
        <translation>Eine Anfrage beantworten</translation>
    </message>
    <message>
        <source>Paste the request as it came: the text, or what a camera read from its QR codes, in any order.</source>
        <translation>Fügen Sie die Anfrage ein, wie sie kam: den Text, oder was eine Kamera von ihren QR-Codes las, in beliebiger Reihenfolge.</translation>
    </message>
    <message>
        <source>The request as text</source>
        <translation>Die Anfrage als Text</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>This is no request.</source>
        <translation>Das ist keine Anfrage.</translation>
    </message>
    <message>
        <source>Your signed reply</source>
        <translation>Ihre unterschriebene Antwort</translation>
    </message>
    <message>
        <source>Send it back to where the request came from, through any chat or mail. It is good for this request alone, and once.</source>
        <translation>Schicken Sie sie dorthin zurück, woher die Anfrage kam, durch irgendeinen Chat oder per Mail. Sie gilt nur für diese Anfrage und nur einmal.</translation>
    </message>
    <message>
        <source>The signed reply as text</source>
        <translation>Die unterschriebene Antwort als Text</translation>
    </message>
</context>
<context>
    <name>cordon::ui::approval::FactList</name>
    <message>
        <source>What will be done, and what is known</source>
        <translation>Was getan wird, und was bekannt ist</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>label and fact</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>You sign</source>
        <translation>Sie unterschreiben</translation>
    </message>
    <message>
        <source>You sign sha256 %1</source>
        <translation>Sie unterschreiben sha256 %1</translation>
    </message>
    <message>
        <source>code %1</source>
        <comment>the short code of the digest</comment>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>show exact bytes</source>
        <translation>genaue Bytes zeigen</translation>
    </message>
</context>
<context>
    <name>cordon::ui::approval::FactorFields</name>
    <message>
        <source>Why do you deny this? (needed; kept in the ledger)</source>
        <translation>Warum lehnen Sie ab? (nötig; bleibt im Journal)</translation>
    </message>
    <message>
        <source>Reason (kept in the ledger)</source>
        <translation>Begründung (bleibt im Journal)</translation>
    </message>
    <message>
        <source>Type the code</source>
        <translation>Code eintippen</translation>
    </message>
    <message>
        <source>Type the code %1</source>
        <translation>Code %1 eintippen</translation>
    </message>
    <message>
        <source>Type the number of targets</source>
        <translation>Anzahl der Ziele eintippen</translation>
    </message>
    <message>
        <source>Type the target’s name</source>
        <translation>Name des Ziels eintippen</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Authenticator code</source>
        <translation>Authenticator-Code</translation>
    </message>
    <message>
        <source>Security key PIN</source>
        <translation>PIN des Sicherheitsschlüssels</translation>
    </message>
    <message>
        <source>Security key PIN, empty for a key that knows your finger</source>
        <translation>PIN des Sicherheitsschlüssels; leer, wenn er Ihren Finger kennt</translation>
    </message>
    <message>
        <source>Use my security key in place of the authenticator code: touch it when it blinks</source>
        <translation>Meinen Sicherheitsschlüssel statt des Authenticator-Codes benutzen: berühren, wenn er blinkt</translation>
    </message>
</context>
<context>
    <name>cordon::ui::approval::FormHeader</name>
    <message>
        <source>Destructive · reversible</source>
        <translation>Zerstörend · umkehrbar</translation>
    </message>
    <message>
        <source>Disruptive · reversible</source>
        <translation>Störend · umkehrbar</translation>
    </message>
    <message>
        <source>Destructive · partly reversible</source>
        <translation>Zerstörend · teilweise umkehrbar</translation>
    </message>
    <message>
        <source>Disruptive · partly reversible</source>
        <translation>Störend · teilweise umkehrbar</translation>
    </message>
    <message>
        <source>Destructive · cannot be undone</source>
        <translation>Zerstörend · nicht umkehrbar</translation>
    </message>
    <message>
        <source>Disruptive · cannot be undone</source>
        <translation>Störend · nicht umkehrbar</translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>Anfrage %1</translation>
    </message>
    <message>
        <source>expires in</source>
        <translation>läuft ab in</translation>
    </message>
    <message>
        <source>has run out</source>
        <translation>ist abgelaufen</translation>
    </message>
    <message>
        <source>This request has run out</source>
        <translation>Diese Anfrage ist abgelaufen</translation>
    </message>
    <message>
        <source>Expires in %1</source>
        <translation>Läuft ab in %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::approval::PersonForm</name>
    <message>
        <source>EXERCISE: %1</source>
        <translation>ÜBUNG: %1</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>New PIN, six characters or more</source>
        <translation>Neue PIN, sechs Zeichen oder mehr</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Noch einmal dieselbe</translation>
    </message>
    <message>
        <source>Authenticator code</source>
        <translation>Authenticator-Code</translation>
    </message>
    <message>
        <source>Scan this with your authenticator, or type the secret. It is not shown again.</source>
        <translation>Scannen Sie dies mit Ihrem Authenticator, oder tippen Sie das Geheimnis ein. Es wird nicht noch einmal gezeigt.</translation>
    </message>
    <message>
        <source>Secret for the authenticator</source>
        <translation>Geheimnis für den Authenticator</translation>
    </message>
    <message>
        <source>The six digits that it shows now</source>
        <translation>Die sechs Ziffern, die er jetzt zeigt</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Security key</source>
        <translation>Sicherheitsschlüssel</translation>
    </message>
    <message>
        <source>PIN of the security key itself, empty for one that knows your finger</source>
        <translation>PIN des Sicherheitsschlüssels selbst; leer, wenn er Ihren Finger kennt</translation>
    </message>
    <message>
        <source>Touch the security key when it blinks, twice.</source>
        <translation>Berühren Sie den Sicherheitsschlüssel, wenn er blinkt, zweimal.</translation>
    </message>
    <message>
        <source>Your new key</source>
        <translation>Ihr neuer Schlüssel</translation>
    </message>
    <message>
        <source>Whoever signs for you sees this fingerprint too: tell it to them by another way.</source>
        <translation>Wer für Sie unterschreibt, sieht diesen Fingerabdruck auch: sagen Sie ihn auf anderem Weg.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::bridge::ApprovalProcess</name>
    <message>
        <source>The step-up program %1 could not be started.</source>
        <translation>Das Programm %1 zum Genehmigen konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The step-up program ended without a decision: %1</source>
        <translation>Das Programm zum Genehmigen endete ohne Entscheidung: %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::bridge::Commander</name>
    <message>
        <source>Handing over the evidence was asked for.</source>
        <translation>Die Übergabe der Beweisstücke wurde verlangt.</translation>
    </message>
    <message>
        <source>Taking over %1 was asked for; every byte is checked first.</source>
        <translation>Die Übernahme von %1 wurde verlangt; zuerst wird jedes Byte geprüft.</translation>
    </message>
    <message>
        <source>Erasing the evidence was asked for.</source>
        <translation>Das Löschen des Beweisstücks wurde verlangt.</translation>
    </message>
    <message>
        <source>Arranging the incidents was asked for.</source>
        <translation>Das Ordnen der Vorfälle wurde verlangt.</translation>
    </message>
    <message>
        <source>The list is imported.</source>
        <translation>Die Liste ist importiert.</translation>
    </message>
    <message>
        <source>You are signed in.</source>
        <translation>Sie sind angemeldet.</translation>
    </message>
    <message>
        <source>You are signed out.</source>
        <translation>Sie sind abgemeldet.</translation>
    </message>
    <message>
        <source>The agent is halted.</source>
        <translation>Der Agent ist angehalten.</translation>
    </message>
    <message>
        <source>The agent is halted, as a drill.</source>
        <translation>Der Agent ist angehalten, als Halteübung.</translation>
    </message>
    <message>
        <source>Resuming the agent was asked for.</source>
        <translation>Das Fortsetzen des Agenten ist erbeten.</translation>
    </message>
    <message>
        <source>The signed decision was handed to the engine.</source>
        <translation>Die unterschriebene Entscheidung wurde der Engine übergeben.</translation>
    </message>
    <message>
        <source>Undo of %1 was asked for.</source>
        <translation>Die Rücknahme von %1 ist erbeten.</translation>
    </message>
    <message>
        <source>%1 stays contained.</source>
        <translation>%1 bleibt eingedämmt.</translation>
    </message>
    <message>
        <source>%1 is said to be done elsewhere; Cordon verifies it.</source>
        <translation>%1 soll anderswo getan worden sein; Cordon prüft es.</translation>
    </message>
    <message>
        <source>The session on %1 may go on.</source>
        <translation>Die Sitzung zu %1 darf weitergehen.</translation>
    </message>
    <message>
        <source>%1 is skipped.</source>
        <translation>%1 wird übersprungen.</translation>
    </message>
    <message>
        <source>%1 is put before people again.</source>
        <translation>%1 wird Menschen erneut vorgelegt.</translation>
    </message>
    <message>
        <source>The incident is assigned.</source>
        <translation>Der Vorfall ist zugewiesen.</translation>
    </message>
    <message>
        <source>The note is kept.</source>
        <translation>Die Notiz ist aufgehoben.</translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) added.</source>
        <translation>
            <numerusform>%n Quelle hinzugefügt.</numerusform>
            <numerusform>%n Quellen hinzugefügt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) will be followed.</source>
        <translation>
            <numerusform>%n Quelle wird verfolgt.</numerusform>
            <numerusform>%n Quellen werden verfolgt.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is no longer followed; what was read stays.</source>
        <translation>%1 wird nicht mehr verfolgt; was gelesen wurde, bleibt.</translation>
    </message>
    <message>
        <source>Reading stops; what was read stays.</source>
        <translation>Das Lesen hört auf; was gelesen wurde, bleibt.</translation>
    </message>
    <message>
        <source>Taking the case over.</source>
        <translation>Der Fall wird übernommen.</translation>
    </message>
    <message>
        <source>The incident is closed.</source>
        <translation>Der Vorfall ist geschlossen.</translation>
    </message>
    <message>
        <source>The incident is open again.</source>
        <translation>Der Vorfall ist wieder offen.</translation>
    </message>
    <message>
        <source>The exhibit is kept.</source>
        <translation>Das Beweisstück ist aufgenommen.</translation>
    </message>
    <message>
        <source>It is under legal hold.</source>
        <translation>Es steht unter Löschsperre.</translation>
    </message>
    <message>
        <source>Lifting the legal hold was asked for.</source>
        <translation>Das Aufheben der Löschsperre ist angefordert.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::StepDialog</name>
    <message>
        <source>Add step</source>
        <translation>Schritt aufnehmen</translation>
    </message>
    <message>
        <source>Change step</source>
        <translation>Schritt ändern</translation>
    </message>
    <message>
        <source>The mandate judges the step like any other, and who asks for it does not approve it. Evidence is kept before anything changes, whatever the order.</source>
        <translation>Das Mandat beurteilt den Schritt wie jeden anderen, und wer ihn verlangt, gibt ihn nicht frei. Beweise werden gesichert, bevor sich etwas ändert, gleich in welcher Reihenfolge.</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>Was getan wird</translation>
    </message>
    <message>
        <source>To what (kind:id)</source>
        <translation>Woran (Art:Kennung)</translation>
    </message>
    <message>
        <source>Parameters, one name=value per line</source>
        <translation>Parameter, je Zeile Name=Wert</translation>
    </message>
    <message>
        <source>such as 4h; no longer than the mandate allows</source>
        <translation>etwa 4h; nicht länger, als das Mandat erlaubt</translation>
    </message>
    <message>
        <source>Given back after</source>
        <translation>Zurückgegeben nach</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>am Ende</translation>
    </message>
    <message>
        <source>before %1</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Reason (kept in the ledger)</source>
        <translation>Begründung (bleibt im Journal)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::AgentKeyDialog</name>
    <message>
        <source>Make the agent’s key</source>
        <translation>Den Schlüssel des Agenten anlegen</translation>
    </message>
    <message>
        <source>Open the agent’s key</source>
        <translation>Den Schlüssel des Agenten öffnen</translation>
    </message>
    <message>
        <source>The agent of this installation gets a key of its own, which names it in mandates and ledgers. Choose a passphrase of twelve characters or more; nobody can give it back.</source>
        <translation>Der Agent dieser Installation bekommt einen eigenen Schlüssel, der ihn in Mandaten und Büchern nennt. Wählen Sie eine Passphrase von zwölf oder mehr Zeichen; niemand kann sie zurückgeben.</translation>
    </message>
    <message>
        <source>The agent’s key lies under a passphrase. Without it the agent reads and proposes, and does not act.</source>
        <translation>Der Schlüssel des Agenten liegt unter einer Passphrase. Ohne sie liest der Agent und schlägt vor, handelt aber nicht.</translation>
    </message>
    <message>
        <source>The agent’s key lies under a passphrase. Without it no real system is connected, and nothing is opened.</source>
        <translation>Der Schlüssel des Agenten liegt unter einer Passphrase. Ohne sie wird kein echtes System verbunden und nichts geöffnet.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Noch einmal dieselbe</translation>
    </message>
    <message>
        <source>Keep it in this desktop’s keyring: every program of yours can then ask for it</source>
        <translation>Im Schlüsselbund dieses Desktops aufbewahren: jedes Ihrer Programme kann sie dann dort erfragen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Make key</source>
        <translation>Schlüssel anlegen</translation>
    </message>
    <message>
        <source>Open key</source>
        <translation>Schlüssel öffnen</translation>
    </message>
    <message>
        <source>That passphrase does not open it.</source>
        <translation>Diese Passphrase öffnet ihn nicht.</translation>
    </message>
    <message>
        <source>The second passphrase is another one.</source>
        <translation>Die zweite Passphrase ist eine andere.</translation>
    </message>
    <message>
        <source>Twelve characters at least.</source>
        <translation>Mindestens zwölf Zeichen.</translation>
    </message>
    <message>
        <source>The key’s file cannot be read. The agent stays closed.</source>
        <translation>Die Datei des Schlüssels kann nicht gelesen werden. Der Agent bleibt verschlossen.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::ArrangeDialog</name>
    <message>
        <source>Arrange %1</source>
        <translation>%1 ordnen</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>incident, time, title</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>alert, time, rule</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>%1 · %2 · %3 · %4</source>
        <comment>order, what, person, reason</comment>
        <translation>%1 · %2 · %3 · %4</translation>
    </message>
    <message>
        <source>%1 merged into %2</source>
        <translation>%1 in %2 aufgenommen</translation>
    </message>
    <message>
        <source>%1 split off %2</source>
        <translation>%1 von %2 abgetrennt</translation>
    </message>
    <message>
        <source>%1 moved to %2</source>
        <translation>%1 nach %2 verschoben</translation>
    </message>
    <message>
        <source>Incidents to merge into this one</source>
        <translation>Vorfälle, die in diesen aufgenommen werden</translation>
    </message>
    <message>
        <source>Alerts of this incident</source>
        <translation>Alarme dieses Vorfalls</translation>
    </message>
    <message>
        <source>To which incident</source>
        <translation>In welchen Vorfall</translation>
    </message>
    <message>
        <source>Orders that stand</source>
        <translation>Anordnungen, die gelten</translation>
    </message>
    <message>
        <source>Reason, for the ledger</source>
        <translation>Grund, für das Protokoll</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Merge other incidents into this one</source>
        <translation>Andere Vorfälle in diesen aufnehmen</translation>
    </message>
    <message>
        <source>Split alerts off, into an incident of their own</source>
        <translation>Alarme abtrennen, in einen eigenen Vorfall</translation>
    </message>
    <message>
        <source>Move alerts to another incident</source>
        <translation>Alarme in einen anderen Vorfall verschieben</translation>
    </message>
    <message>
        <source>Take an order back</source>
        <translation>Eine Anordnung zurücknehmen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Split off</source>
        <translation>Abtrennen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>Ordnen</translation>
    </message>
    <message>
        <source>The lower number stays. Notes, people and what was done go along; what waits for people is void and asked anew. Links decide where alerts go that come later.</source>
        <translation>Die niedrigere Nummer bleibt. Notizen, Personen und was getan wurde gehen mit; was auf Personen wartet, wird hinfällig und neu angefragt. Wohin spätere Alarme gehören, entscheiden die Verbindungen.</translation>
    </message>
    <message>
        <source>The larger part keeps the number. At least one alert stays. What waits for people and belongs to the other part is void and asked anew there.</source>
        <translation>Der größere Teil behält die Nummer. Mindestens ein Alarm bleibt. Was auf Personen wartet und zum anderen Teil gehört, wird hinfällig und dort neu angefragt.</translation>
    </message>
    <message>
        <source>An incident without alerts is gone; its notes and what was done go along. What waits for people is asked anew where its alerts are.</source>
        <translation>Ein Vorfall ohne Alarme ist keiner mehr; seine Notizen und was getan wurde gehen mit. Was auf Personen wartet, wird dort neu angefragt, wo seine Alarme sind.</translation>
    </message>
    <message>
        <source>The alerts go where their links and the other orders say. An incident that was gone comes back with its number, notes, people and what was done; what waits is asked anew.</source>
        <translation>Die Alarme gehen dorthin, wo ihre Verbindungen und die anderen Anordnungen es sagen. Ein Vorfall, der aufging, kommt zurück mit Nummer, Notizen, Personen und was getan wurde; was wartet, wird neu angefragt.</translation>
    </message>
    <message>
        <source>There is one alert in one incident: nothing can be arranged.</source>
        <translation>Es gibt einen Alarm in einem Vorfall: nichts lässt sich ordnen.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::CloseDialog</name>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
    <message>
        <source>Close the incident</source>
        <translation>Vorfall schließen</translation>
    </message>
    <message>
        <source>A lease is open until %1: %2. It runs on and is given back or asked about then.</source>
        <translation>Bis %1 läuft eine Frist: %2. Sie läuft weiter; dann wird zurückgegeben oder gefragt.</translation>
    </message>
    <message numerus="yes">
        <source>Waiting, and not to be done any more: %n step(s).</source>
        <translation>
            <numerusform>Wartet und wird nicht mehr ausgeführt: %n Schritt.</numerusform>
            <numerusform>Warten und werden nicht mehr ausgeführt: %n Schritte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Still open to the intruder: %n way(s) in.</source>
        <translation>
            <numerusform>Dem Eindringling noch offen: %n Weg.</numerusform>
            <numerusform>Dem Eindringling noch offen: %n Wege.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason, for the ledger</source>
        <translation>Grund, für das Journal</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>An attack, or misuse</source>
        <translation>Ein Angriff oder Missbrauch</translation>
    </message>
    <message>
        <source>It did not happen as the alerts say</source>
        <translation>Es geschah nicht, was die Alarme sagen</translation>
    </message>
    <message>
        <source>It happened, and was meant</source>
        <translation>Es geschah, und es war gewollt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>verdict, what it means</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>These steps stand. Nothing is taken back by itself: use Undo at each of them.</source>
        <translation>Diese Schritte bestehen. Nichts wird von selbst zurückgenommen: dafür steht an jedem „Rückgängig“.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::DecisionDialog</name>
    <message>
        <source>Decision on step %1: %2</source>
        <translation>Entscheidung zu Schritt %1: %2</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Would do</source>
        <translation>Würde tun</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Not judged yet: an earlier step comes first.</source>
        <translation>Noch nicht beurteilt: ein früherer Schritt kommt zuerst.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Ledger entry</source>
        <translation>Journaleintrag</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::DrillDialog</name>
    <message>
        <source>Practise halting</source>
        <translation>Anhalten üben</translation>
    </message>
    <message>
        <source>A drill halts every agent of this installation, as Halt agent does: what runs is stopped, requests that wait become void, and people have to resume it. The ledger keeps it as a drill. One is due every 90 days.</source>
        <translation>Eine Halteübung hält jeden Agenten dieser Installation an, wie „Agent anhalten“ es tut: was läuft, wird gestoppt, wartende Anfragen werden hinfällig, und Menschen müssen ihn fortsetzen. Das Journal hält sie als Übung fest. Alle 90 Tage ist eine fällig.</translation>
    </message>
    <message>
        <source>The agent is halted already. Resume it first.</source>
        <translation>Der Agent ist schon angehalten. Setzen Sie ihn zuerst fort.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Halt as a drill</source>
        <translation>Als Übung anhalten</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::EventBytesDialog</name>
    <message>
        <source>Cited event</source>
        <translation>Zitiertes Ereignis</translation>
    </message>
    <message>
        <source>‹ Previous</source>
        <translation>‹ Voriges</translation>
    </message>
    <message>
        <source>Next ›</source>
        <translation>Nächstes ›</translation>
    </message>
    <message>
        <source>Exact bytes</source>
        <translation>Genaue Bytes</translation>
    </message>
    <message>
        <source>Bytes of the event</source>
        <translation>Bytes des Ereignisses</translation>
    </message>
    <message>
        <source>Show the record as it stands in the log instead of indented</source>
        <translation>Den Eintrag zeigen, wie er im Log steht, statt eingerückt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>This sentence cites no event: it says that something was not found.</source>
        <translation>Dieser Satz zitiert kein Ereignis: er sagt, dass etwas nicht gefunden wurde.</translation>
    </message>
    <message>
        <source>Event %1 of %2</source>
        <translation>Ereignis %1 von %2</translation>
    </message>
    <message>
        <source>The event could not be read: %1</source>
        <translation>Das Ereignis konnte nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>The bytes could not be read: %1</source>
        <translation>Die Bytes konnten nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>unknown identity</source>
        <translation>unbekannte Identität</translation>
    </message>
    <message>
        <source>%1 · %2 · %3 · from %4</source>
        <comment>time, who, action, address</comment>
        <translation>%1 · %2 · %3 · von %4</translation>
    </message>
    <message>
        <source>nowhere named</source>
        <translation>nirgends genannt</translation>
    </message>
    <message>
        <source>evidence sha256 %1 · byte %2 · length %3</source>
        <translation>Beweismittel sha256 %1 · Byte %2 · Länge %3</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::ImportDialog</name>
    <message>
        <source>its times name neither zone nor year</source>
        <translation>die Zeiten nennen weder Zone noch Jahr</translation>
    </message>
    <message>
        <source>its times name no zone</source>
        <translation>die Zeiten nennen keine Zone</translation>
    </message>
    <message>
        <source>its times name no year</source>
        <translation>die Zeiten nennen kein Jahr</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Import logs</source>
        <translation>Logs importieren</translation>
    </message>
    <message>
        <source>&amp;Follow from now on</source>
        <translation>Von jetzt an ver&amp;folgen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
    <message>
        <source>Files to import</source>
        <translation>Zu importierende Dateien</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Erkannt als</translation>
    </message>
    <message>
        <source>Does not say</source>
        <translation>Sagt nicht</translation>
    </message>
    <message>
        <source>Choose a zone, or write an offset</source>
        <translation>Zone wählen oder Abstand schreiben</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>&amp;Zeitzone</translation>
    </message>
    <message>
        <source>of times that name none: Europe/Berlin, UTC, +02:00</source>
        <translation>von Zeiten, die keine nennen: Europe/Berlin, UTC, +02:00</translation>
    </message>
    <message>
        <source>0:00:00</source>
        <translation>0:00:00</translation>
    </message>
    <message>
        <source>Clock &amp;offset</source>
        <translation>&amp;Abweichung der Uhr</translation>
    </message>
    <message>
        <source>added to every time, h:m:s; -0:01:30 for a clock that was fast</source>
        <translation>wird zu jeder Zeit addiert, h:m:s; -0:01:30 bei einer Uhr, die vorging</translation>
    </message>
    <message>
        <source>by the file&apos;s date</source>
        <translation>nach dem Datum der Datei</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>&amp;Jahr</translation>
    </message>
    <message>
        <source>of the first time that names none, as in old syslog</source>
        <translation>der ersten Zeit, die keines nennt, wie in altem Syslog</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>given when a case is made</source>
        <translation>wird beim Anlegen eines Falls angegeben</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>Zuor&amp;dnung</translation>
    </message>
    <message>
        <source>says what columns or fields of your own log mean</source>
        <translation>sagt, was Spalten oder Felder Ihres eigenen Logs bedeuten</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen …</translation>
    </message>
    <message>
        <source>Browse for a map</source>
        <translation>Nach einer Zuordnung suchen</translation>
    </message>
    <message>
        <source>Follow from now on</source>
        <translation>Von jetzt an verfolgen</translation>
    </message>
    <message>
        <source>What comes into these files and folders later is read, too. A case that begins with followed logs is no rehearsal.</source>
        <translation>Was später in diese Dateien und Ordner kommt, wird auch gelesen. Ein Fall, der mit verfolgten Logs beginnt, ist keine Übung.</translation>
    </message>
    <message>
        <source>not recognised</source>
        <translation>nicht erkannt</translation>
    </message>
    <message numerus="yes">
        <source>and %n more file(s)</source>
        <translation>
            <numerusform>und %n weitere Datei</numerusform>
            <numerusform>und %n weitere Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>not looked at</source>
        <translation>nicht angesehen</translation>
    </message>
    <message>
        <source>%1 is no time zone that this machine knows.</source>
        <translation>%1 ist keine Zeitzone, die dieser Rechner kennt.</translation>
    </message>
    <message>
        <source>Choose the time zone of the logs&apos; times: they name none, and it is not guessed.</source>
        <translation>Wählen Sie die Zeitzone der Zeiten im Log: sie nennen keine, und sie wird nicht geraten.</translation>
    </message>
    <message>
        <source>The clock offset is written as hours, minutes and seconds, such as -0:01:30.</source>
        <translation>Die Abweichung der Uhr wird als Stunden, Minuten und Sekunden geschrieben, etwa -0:01:30.</translation>
    </message>
    <message>
        <source>Files that are not recognised are kept as evidence and listed; a map makes their records readable.</source>
        <translation>Nicht erkannte Dateien werden als Beweismittel aufgehoben und aufgelistet; eine Zuordnung macht ihre Einträge lesbar.</translation>
    </message>
    <message>
        <source>Choose a field map</source>
        <translation>Eine Feldzuordnung wählen</translation>
    </message>
    <message>
        <source>Field maps (*.yml *.yaml)</source>
        <translation>Feldzuordnungen (*.yml *.yaml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::InstallationDialog</name>
    <message>
        <source>People of this installation</source>
        <translation>Personen dieser Installation</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>It counts, and is in the ledger.</source>
        <translation>Es zählt und steht im Journal.</translation>
    </message>
    <message>
        <source>It waits for owners.</source>
        <translation>Es wartet auf Verantwortliche.</translation>
    </message>
    <message>
        <source>Owner at this console</source>
        <translation>Verantwortlich an dieser Konsole</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>ausgeschieden</translation>
    </message>
    <message>
        <source>not trained</source>
        <translation>nicht geschult</translation>
    </message>
    <message>
        <source>Change PIN…</source>
        <translation>PIN ändern …</translation>
    </message>
    <message>
        <source>New key and factors…</source>
        <translation>Neuer Schlüssel und Faktoren …</translation>
    </message>
    <message>
        <source>Let try again…</source>
        <translation>Wieder versuchen lassen …</translation>
    </message>
    <message>
        <source>Retire…</source>
        <translation>Ausscheiden lassen …</translation>
    </message>
    <message>
        <source>Waits: %1 (%2 of %3 owners signed)</source>
        <translation>Wartet: %1 (%2 von %3 Verantwortlichen haben unterschrieben)</translation>
    </message>
    <message>
        <source>Sign as owner…</source>
        <translation>Als Verantwortliche unterschreiben …</translation>
    </message>
    <message>
        <source>Nobody is enrolled here. The first person is an owner and signs alone.</source>
        <translation>Hier ist niemand eingetragen. Die erste Person ist verantwortlich und unterschreibt allein.</translation>
    </message>
    <message>
        <source>Enrol somebody who sits here now; owners sign afterwards.</source>
        <translation>Tragen Sie jemanden ein, der jetzt hier sitzt; Verantwortliche unterschreiben danach.</translation>
    </message>
    <message>
        <source>short name, such as ann</source>
        <translation>kurzer Name, etwa ann</translation>
    </message>
    <message>
        <source>Short name</source>
        <translation>Kurzer Name</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Voller Name</translation>
    </message>
    <message>
        <source>Enrol…</source>
        <translation>Eintragen …</translation>
    </message>
    <message>
        <source>security key %1</source>
        <translation>Sicherheitsschlüssel %1</translation>
    </message>
    <message>
        <source>Add a security key…</source>
        <translation>Sicherheitsschlüssel hinzufügen …</translation>
    </message>
    <message>
        <source>Lost: %1…</source>
        <translation>Verloren: %1 …</translation>
    </message>
    <message>
        <source>trained until %1</source>
        <comment>day</comment>
        <translation>geschult bis %1</translation>
    </message>
    <message>
        <source>Roles…</source>
        <translation>Rollen …</translation>
    </message>
    <message>
        <source>Training…</source>
        <translation>Schulung …</translation>
    </message>
    <message>
        <source>trained until</source>
        <translation>geschult bis</translation>
    </message>
    <message>
        <source>Trained until</source>
        <translation>Geschult bis</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::MandateEditorDialog</name>
    <message>
        <source>Edit mandate</source>
        <translation>Mandat bearbeiten</translation>
    </message>
    <message>
        <source>Reading the mandate in force…</source>
        <translation>Das geltende Mandat wird gelesen …</translation>
    </message>
    <message>
        <source>Saving writes a file. Owners sign it with: cordonctl mandate sign. Nothing here comes into force.</source>
        <translation>Sichern schreibt eine Datei. Verantwortliche unterschreiben sie mit: cordonctl mandate sign. Nichts tritt hier in Kraft.</translation>
    </message>
    <message>
        <source>Save for signing…</source>
        <translation>Zum Unterschreiben sichern …</translation>
    </message>
    <message>
        <source>Text of the mandate</source>
        <translation>Text des Mandats</translation>
    </message>
    <message>
        <source>Whether the text can be loaded</source>
        <translation>Ob der Text geladen werden kann</translation>
    </message>
    <message>
        <source>Broken rules, with their lines</source>
        <translation>Verletzte Regeln mit ihren Zeilen</translation>
    </message>
    <message>
        <source>What it would have decided differently here</source>
        <translation>Was es hier anders entschieden hätte</translation>
    </message>
    <message>
        <source>Past decisions, judged again under the edited text</source>
        <translation>Frühere Entscheidungen, nach dem bearbeiteten Text neu beurteilt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No mandate to start from: %1. Type or paste one.</source>
        <translation>Kein Mandat als Ausgangspunkt: %1. Tippen oder fügen Sie eines ein.</translation>
    </message>
    <message>
        <source>The text could not be checked: %1</source>
        <translation>Der Text konnte nicht geprüft werden: %1</translation>
    </message>
    <message>
        <source>Line %1 · %2 · %3</source>
        <comment>number, rule, reason</comment>
        <translation>Zeile %1 · %2 · %3</translation>
    </message>
    <message>
        <source>Can be loaded once its owners have signed it: %1 revision %2.</source>
        <translation>Kann geladen werden, sobald die Verantwortlichen unterschrieben haben: %1 Revision %2.</translation>
    </message>
    <message>
        <source>No rule is broken, but only a revision above %1 can come into force: this is %2 revision %3.</source>
        <translation>Keine Regel ist verletzt, aber nur eine Revision über %1 kann in Kraft treten: dies ist %2 Revision %3.</translation>
    </message>
    <message>
        <source>Mandate sha256 %1</source>
        <translation>Mandat sha256 %1</translation>
    </message>
    <message numerus="yes">
        <source>Cannot be loaded: %n broken rule(s).</source>
        <translation>
            <numerusform>Kann nicht geladen werden: %n verletzte Regel.</numerusform>
            <numerusform>Kann nicht geladen werden: %n verletzte Regeln.</numerusform>
        </translation>
    </message>
    <message>
        <source>Past decisions are judged again once the text can be loaded.</source>
        <translation>Frühere Entscheidungen werden neu beurteilt, sobald der Text geladen werden kann.</translation>
    </message>
    <message>
        <source>The gate has decided nothing in this case yet.</source>
        <translation>Das Gate hat in diesem Fall noch nichts entschieden.</translation>
    </message>
    <message>
        <source>%1 of %2 past decisions would differ, had their owners signed this text and the same people said the same.</source>
        <translation>%1 von %2 früheren Entscheidungen wären anders, hätten die Verantwortlichen diesen Text unterschrieben und dieselben Menschen dasselbe gesagt.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>how many, why</comment>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>Save the mandate for its owners to sign</source>
        <translation>Das Mandat zum Unterschreiben sichern</translation>
    </message>
    <message>
        <source>Mandates (*.yaml)</source>
        <translation>Mandate (*.yaml)</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gesichert: %1</translation>
    </message>
    <message>
        <source>Saved as %1, not in force. Each owner signs it: cordonctl mandate sign FILE --as USER</source>
        <translation>Gesichert als %1, nicht in Kraft. Jede verantwortliche Person unterschreibt: cordonctl mandate sign FILE --as USER</translation>
    </message>
    <message>
        <source>The edited text is not saved. Close again to leave it.</source>
        <translation>Der bearbeitete Text ist nicht gesichert. Schließen Sie noch einmal, um ihn zu verwerfen.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::PeopleDialog</name>
    <message>
        <source>People of this exercise</source>
        <translation>Personen dieser Übung</translation>
    </message>
    <message>
        <source>These people exist only here. Use their PIN and authenticator code in the step-up form; in a real case both belong to the person alone.</source>
        <translation>Diese Personen gibt es nur hier. Benutzen Sie ihre PIN und ihren Authenticator-Code beim Genehmigen; in einem echten Fall gehört beides der Person allein.</translation>
    </message>
    <message>
        <source>This case names no people.</source>
        <translation>Dieser Fall nennt keine Personen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Code now</source>
        <translation>Code jetzt</translation>
    </message>
    <message>
        <source>Secret (base32)</source>
        <translation>Geheimnis (base32)</translation>
    </message>
    <message>
        <source>—</source>
        <translation>—</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::PlainDialog</name>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Real systems · %1</source>
        <comment>environment</comment>
        <translation>Echte Systeme · %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::ReasonDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::ShortcutsDialog</name>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Merge, split or move</source>
        <translation>Zusammenführen, abtrennen oder verschieben</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Ctrl+Shift+H</source>
        <translation>Strg+Umschalt+H</translation>
    </message>
    <message>
        <source>Halt agent, at once</source>
        <translation>Agent anhalten, sofort</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Strg+K</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>Suchen oder einen Befehl ausführen</translation>
    </message>
    <message>
        <source>Ctrl+1 … Ctrl+8</source>
        <translation>Strg+1 … Strg+8</translation>
    </message>
    <message>
        <source>Go to a screen</source>
        <translation>Zu einer Ansicht gehen</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Strg+L</translation>
    </message>
    <message>
        <source>Lock this console</source>
        <translation>Diese Konsole sperren</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Strg+O</translation>
    </message>
    <message>
        <source>Open logs</source>
        <translation>Logs öffnen</translation>
    </message>
    <message>
        <source>Ctrl+/</source>
        <translation>Strg+/</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>Triage</source>
        <translation>Sichtung</translation>
    </message>
    <message>
        <source>J, K</source>
        <translation>J, K</translation>
    </message>
    <message>
        <source>Next, previous incident</source>
        <translation>Nächster, voriger Vorfall</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation>Mir zuweisen</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Eine Notiz hinzufügen</translation>
    </message>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
    <message>
        <source>Review the first step that waits</source>
        <translation>Den ersten wartenden Schritt ansehen</translation>
    </message>
    <message>
        <source>Ctrl+Tab</source>
        <translation>Strg+Tab</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>Nächste Karte</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>← →</source>
        <translation>← →</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>+ −</source>
        <translation>+ −</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>F</source>
        <translation>F</translation>
    </message>
    <message>
        <source>Fit the whole span</source>
        <translation>Die ganze Spanne</translation>
    </message>
    <message>
        <source>[ ]</source>
        <translation>[ ]</translation>
    </message>
    <message>
        <source>Previous, next mark</source>
        <translation>Vorige, nächste Marke</translation>
    </message>
    <message>
        <source>/</source>
        <translation>/</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
    <message>
        <source>Undo the last view change</source>
        <translation>Die letzte Änderung der Ansicht zurücknehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>Close the incident</source>
        <translation>Vorfall schließen</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::TestDecisionDialog</name>
    <message>
        <source>Test a decision</source>
        <translation>Eine Entscheidung erproben</translation>
    </message>
    <message>
        <source>Ask the gate</source>
        <translation>Das Gate fragen</translation>
    </message>
    <message>
        <source>The gate judges as for a real step: it looks at the target now, acts on nothing, and writes nothing.</source>
        <translation>Das Gate urteilt wie bei einem echten Schritt: es sieht das Ziel jetzt an, tut nichts und schreibt nichts.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>verb, its tier</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Choose a member, or type an id</source>
        <translation>Beteiligten wählen oder Kennung tippen</translation>
    </message>
    <message>
        <source>name=value; name=value, or empty: as in the sequence</source>
        <translation>Name=Wert; Name=Wert, oder leer: wie im Ablauf</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Verb</source>
        <translation>Verb</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Kind of target</source>
        <translation>Art des Ziels</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>The gate&apos;s answer</source>
        <translation>Die Antwort des Gates</translation>
    </message>
    <message>
        <source>Choose what to ask, then ask the gate.</source>
        <translation>Wählen Sie, was zu fragen ist, und fragen Sie das Gate.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The incidents could not be read: %1</source>
        <translation>Die Vorfälle konnten nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>There is no incident in this case. The gate judges acts inside an incident only.</source>
        <translation>In diesem Fall gibt es keinen Vorfall. Das Gate beurteilt nur Handlungen in einem Vorfall.</translation>
    </message>
    <message>
        <source>Choose or type a target first.</source>
        <translation>Wählen oder tippen Sie zuerst ein Ziel.</translation>
    </message>
    <message>
        <source>Parameters are written name=value, one after another with ; between them.</source>
        <translation>Parameter werden Name=Wert geschrieben, hintereinander mit ; dazwischen.</translation>
    </message>
    <message>
        <source>The gate is asked. It answers when the engine has finished what it is doing.</source>
        <translation>Das Gate ist gefragt. Es antwortet, wenn die Engine mit dem fertig ist, was sie tut.</translation>
    </message>
    <message>
        <source>The gate was not asked: %1</source>
        <translation>Das Gate wurde nicht gefragt: %1</translation>
    </message>
    <message>
        <source>Would call</source>
        <translation>Würde aufrufen</translation>
    </message>
    <message>
        <source>Would hit</source>
        <translation>Würde treffen</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Nicht angesehen</translation>
    </message>
    <message>
        <source>%1. What is not known counts as unknown.</source>
        <translation>%1. Was nicht bekannt ist, zählt als unbekannt.</translation>
    </message>
    <message>
        <source>Mandate</source>
        <translation>Mandat</translation>
    </message>
    <message>
        <source>%1 revision %2, at %3 UTC</source>
        <translation>%1 Revision %2, um %3 UTC</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Getan</translation>
    </message>
    <message>
        <source>nothing: this was a question</source>
        <translation>nichts: dies war eine Frage</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::UndoDialog</name>
    <message>
        <source>Undo: %1</source>
        <translation>Rücknahme: %1</translation>
    </message>
    <message>
        <source>Gives back: %1</source>
        <translation>Gibt zurück: %1</translation>
    </message>
    <message>
        <source>This was made during the incident. Giving it back gives it to whoever made it.</source>
        <translation>Dies wurde während des Vorfalls angelegt. Es zurückzugeben gibt es dem, der es angelegt hat.</translation>
    </message>
    <message>
        <source>The undo goes through the same gate and into the ledger under your name.</source>
        <translation>Die Rücknahme geht durch dasselbe Gate und unter Ihrem Namen ins Journal.</translation>
    </message>
    <message>
        <source>Also if somebody changed it since</source>
        <translation>Auch wenn jemand es seither geändert hat</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rücknahme</translation>
    </message>
</context>
<context>
    <name>cordon::ui::models::EventTableModel</name>
    <message>
        <source>Time (UTC)</source>
        <translation>Zeit (UTC)</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>Did</source>
        <translation>Tat</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>suspected</source>
        <translation>mutmaßlich</translation>
    </message>
    <message>
        <source>other</source>
        <translation>sonst</translation>
    </message>
    <message>
        <source>—</source>
        <translation>—</translation>
    </message>
    <message>
        <source>%1 +%2</source>
        <comment>entity and how many more</comment>
        <translation>%1 +%2</translation>
    </message>
</context>
<context>
    <name>cordon::ui::models::IncidentListModel</name>
    <message>
        <source>halted · to ask again</source>
        <translation>angehalten · erneut zu fragen</translation>
    </message>
    <message>
        <source>approval needed</source>
        <translation>Genehmigung nötig</translation>
    </message>
    <message>
        <source>contained by agent</source>
        <translation>vom Agenten eingedämmt</translation>
    </message>
    <message>
        <source>partly contained by agent</source>
        <translation>vom Agenten teilweise eingedämmt</translation>
    </message>
    <message>
        <source>assigned to me</source>
        <translation>mir zugewiesen</translation>
    </message>
    <message>
        <source>assigned to %1</source>
        <translation>%1 zugewiesen</translation>
    </message>
    <message>
        <source>watching</source>
        <translation>wird beobachtet</translation>
    </message>
    <message numerus="yes">
        <source>%1 %2, %3, %4, %n alert(s)</source>
        <comment>severity, risk, title, state</comment>
        <translation>
            <numerusform>%1 %2, %3, %4, %n Alarm</numerusform>
            <numerusform>%1 %2, %3, %4, %n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · first seen %2</source>
        <translation>%1 · zuerst gesehen %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>severity word and risk 0 to 100</comment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>day, time</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>time last seen, how long it lasted</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <comment>names of other products</comment>
        <translation>von %1</translation>
    </message>
    <message>
        <source>other products: %1</source>
        <comment>names of other products</comment>
        <translation>andere Produkte: %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::models::LedgerTableModel</name>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Case time (UTC)</source>
        <translation>Fallzeit (UTC)</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>—</source>
        <translation>—</translation>
    </message>
    <message>
        <source>%1
Machine clock: %2</source>
        <translation>%1
Uhr des Rechners: %2</translation>
    </message>
</context>
<context>
    <name>cordon::ui::models::RejectedTableModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>At byte</source>
        <translation>An Byte</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Why it was not used</source>
        <translation>Warum nicht verwendet</translation>
    </message>
    <message>
        <source>whole file</source>
        <translation>ganze Datei</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::CommandPalette</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Search or run</source>
        <translation>Suchen oder ausführen</translation>
    </message>
    <message>
        <source>Type a command, screen or incident</source>
        <translation>Befehl, Ansicht oder Vorfall tippen</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>Keys or number</source>
        <translation>Tasten oder Nummer</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::ExerciseBand</name>
    <message>
        <source>Exercise: nothing here is real</source>
        <translation>Übung: nichts hier ist echt</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Nothing here reaches a real system. Identities, keys and people are made for practice.</source>
        <translation>Nichts hier erreicht ein echtes System. Identitäten, Schlüssel und Personen sind zum Üben gemacht.</translation>
    </message>
    <message>
        <source>People of this exercise…</source>
        <translation>Personen dieser Übung …</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::FirstRun</name>
    <message>
        <source>Cordon</source>
        <translation>Cordon</translation>
    </message>
    <message>
        <source>From log lines to contained incidents. The agent acts only inside its mandate; everything else waits for you.</source>
        <translation>Von Logzeilen zu eingedämmten Vorfällen. Der Agent handelt nur innerhalb seines Mandats; alles andere wartet auf Sie.</translation>
    </message>
    <message>
        <source>Open an exercise</source>
        <translation>Eine Übung öffnen</translation>
    </message>
    <message>
        <source>An intruder, a made-up tenant and an agent that acts. Nothing real is touched.</source>
        <translation>Ein Eindringling, eine erfundene Umgebung und ein Agent, der handelt. Nichts Echtes wird berührt.</translation>
    </message>
    <message>
        <source>Open the exercise: %1</source>
        <translation>Die Übung öffnen: %1</translation>
    </message>
    <message>
        <source>No exercise is installed.</source>
        <translation>Es ist keine Übung installiert.</translation>
    </message>
    <message>
        <source>Open logs</source>
        <translation>Logs öffnen</translation>
    </message>
    <message>
        <source>Logs as services deliver them, plain or compressed, single files or whole folders. Or drop them here.</source>
        <translation>Logs, wie Dienste sie liefern, roh oder gepackt, einzelne Dateien oder ganze Ordner. Oder lassen Sie sie hier fallen.</translation>
    </message>
    <message>
        <source>Open logs…</source>
        <translation>Logs öffnen …</translation>
    </message>
    <message>
        <source>Open logs with options…</source>
        <translation>Logs mit Angaben öffnen …</translation>
    </message>
    <message>
        <source>Asks for zone, clock offset, year and map also where nothing is missing, and whether to follow the logs.</source>
        <translation>Fragt nach Zone, Uhrabweichung, Jahr und Zuordnung, auch wo nichts fehlt, und ob die Logs verfolgt werden sollen.</translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation>Einen Fall öffnen</translation>
    </message>
    <message>
        <source>A folder that Cordon made before (name.cordon).</source>
        <translation>Ein Ordner, den Cordon vorher angelegt hat (name.cordon).</translation>
    </message>
    <message>
        <source>Open a case…</source>
        <translation>Einen Fall öffnen …</translation>
    </message>
    <message>
        <source>Open a sealed case…</source>
        <translation>Versiegelten Fall öffnen…</translation>
    </message>
    <message>
        <source>A file name.cordonz that somebody handed over; it is only read</source>
        <translation>Eine Datei name.cordonz, die jemand übergeben hat; sie wird nur gelesen</translation>
    </message>
    <message>
        <source>Nothing: it proposes</source>
        <translation>Nichts: er schlägt vor</translation>
    </message>
    <message>
        <source>An exercise derived from these logs</source>
        <translation>Eine aus diesen Logs abgeleitete Übung</translation>
    </message>
    <message>
        <source>Real systems</source>
        <translation>Echte Systeme</translation>
    </message>
    <message>
        <source>The agent acts on</source>
        <translation>Woran der Agent handelt</translation>
    </message>
    <message>
        <source>The agent acts on: %1</source>
        <translation>Woran der Agent handelt: %1</translation>
    </message>
    <message>
        <source>Real systems in %1</source>
        <comment>environment</comment>
        <translation>Echte Systeme in %1</translation>
    </message>
    <message>
        <source>%1, under mandate %2 revision %3 until %4 UTC</source>
        <comment>systems, mandate, revision, time</comment>
        <translation>%1, unter Mandat %2 Revision %3 bis %4 UTC</translation>
    </message>
    <message>
        <source>No credential is kept for %1: calls to it fail.</source>
        <translation>Für %1 sind keine Zugangsdaten hinterlegt: Aufrufe dorthin scheitern.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::FollowBand</name>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Followed</source>
        <translation>Verfolgt</translation>
    </message>
    <message>
        <source>Hold this case here from now on; possible once nobody else does</source>
        <translation>Diesen Fall von jetzt an hier halten; möglich, sobald es sonst niemand tut</translation>
    </message>
    <message>
        <source>Take the case over</source>
        <translation>Den Fall übernehmen</translation>
    </message>
    <message>
        <source>Nobody holds this case any more. It is shown as it was left.</source>
        <translation>Niemand hält diesen Fall mehr. Er wird gezeigt, wie er verlassen wurde.</translation>
    </message>
    <message>
        <source>Read-only and live: process %1 holds this case. What you sign here is left for it. The time shown is that of its newest entry.</source>
        <comment>process number</comment>
        <translation>Nur lesend und live: Prozess %1 hält diesen Fall. Was Sie hier unterschreiben, wird für ihn hinterlegt. Die Uhr zeigt die Zeit seines jüngsten Eintrags.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::FootBar</name>
    <message>
        <source>Signed in as</source>
        <translation>Angemeldet als</translation>
    </message>
    <message>
        <source>UTC %1</source>
        <comment>case clock</comment>
        <translation>UTC %1</translation>
    </message>
    <message>
        <source>Case clock: %1</source>
        <translation>Falluhr: %1</translation>
    </message>
    <message>
        <source>Rules %1 · Playbooks %2</source>
        <translation>Regeln %1 · Playbooks %2</translation>
    </message>
    <message>
        <source>No mandate: the agent may only observe</source>
        <translation>Kein Mandat: der Agent darf nur beobachten</translation>
    </message>
    <message>
        <source>expires in %1</source>
        <comment>how long</comment>
        <translation>läuft ab in %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>Mandate %1@v%2 · %3 · %4</source>
        <comment>id, revision, signatures, expiry</comment>
        <translation>Mandat %1@v%2 · %3 · %4</translation>
    </message>
    <message numerus="yes">
        <source>%n owner(s) signed</source>
        <translation>
            <numerusform>%n Unterschrift</numerusform>
            <numerusform>%n Unterschriften</numerusform>
        </translation>
    </message>
    <message>
        <source>Valid until %1</source>
        <translation>Gültig bis %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>person, roles</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
    <message>
        <source>Signed in:</source>
        <translation>Angemeldet:</translation>
    </message>
    <message>
        <source>At the desk:</source>
        <translation>Am Platz:</translation>
    </message>
    <message>
        <source>Notes, assignments and skipped steps are signed for this person</source>
        <translation>Notizen, Zuweisungen und übersprungene Schritte werden für diese Person unterschrieben</translation>
    </message>
    <message>
        <source>Asked to sign in with the first note or assignment</source>
        <translation>Wird mit der ersten Notiz oder Zuweisung gebeten, sich anzumelden</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::LockPage</name>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>People of this exercise…</source>
        <translation>Personen dieser Übung …</translation>
    </message>
    <message>
        <source>This console is locked</source>
        <translation>Diese Konsole ist gesperrt</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Nobody touched this console for a while, so the case is hidden. Notes and commands need a new sign-in.</source>
        <translation>Eine Weile hat niemand diese Konsole berührt, deshalb ist der Fall verborgen. Notizen und Befehle brauchen eine neue Anmeldung.</translation>
    </message>
    <message>
        <source>Who unlocks</source>
        <translation>Wer entsperrt</translation>
    </message>
    <message>
        <source>Halt agent</source>
        <translation>Agent anhalten</translation>
    </message>
    <message>
        <source>Halt agent while locked</source>
        <translation>Agent anhalten, auch gesperrt</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>Entsperren …</translation>
    </message>
    <message>
        <source>The agent is halted.</source>
        <translation>Der Agent ist angehalten.</translation>
    </message>
    <message>
        <source>The agent goes on within its mandate.</source>
        <translation>Der Agent arbeitet innerhalb seines Mandats weiter.</translation>
    </message>
    <message>
        <source>The case is hidden. Notes and commands need a new sign-in.</source>
        <translation>Der Fall ist verborgen. Notizen und Befehle brauchen eine neue Anmeldung.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::MainWindow</name>
    <message>
        <source>The keyring did not take the passphrase: %1</source>
        <translation>Der Schlüsselbund hat die Passphrase nicht angenommen: %1</translation>
    </message>
    <message>
        <source>Cordon</source>
        <translation>Cordon</translation>
    </message>
    <message>
        <source>The map cannot be read: %1</source>
        <translation>Die Zuordnung kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>%1 – Cordon</source>
        <translation>%1 – Cordon</translation>
    </message>
    <message>
        <source>EXERCISE – %1 – Cordon</source>
        <translation>ÜBUNG – %1 – Cordon</translation>
    </message>
    <message>
        <source>Locked – Cordon</source>
        <translation>Gesperrt – Cordon</translation>
    </message>
    <message>
        <source>The case could not be opened: %1</source>
        <translation>Der Fall konnte nicht geöffnet werden: %1</translation>
    </message>
    <message>
        <source>Open logs</source>
        <translation>Logs öffnen</translation>
    </message>
    <message>
        <source>Logs (*.json *.jsonl *.ndjson *.gz *.zst *.log *.csv *.txt *.evtx)</source>
        <translation>Logs (*.json *.jsonl *.ndjson *.gz *.zst *.log *.csv *.txt *.evtx)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add folder to follow</source>
        <translation>Zu verfolgenden Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Follow a growing file</source>
        <translation>Eine wachsende Datei verfolgen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Verfolgen</translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation>Einen Fall öffnen</translation>
    </message>
    <message>
        <source>Open a sealed case</source>
        <translation>Versiegelten Fall öffnen</translation>
    </message>
    <message>
        <source>Sealed cases (*.cordonz)</source>
        <translation>Versiegelte Fälle (*.cordonz)</translation>
    </message>
    <message>
        <source>REAL SYSTEMS – %1 – Cordon</source>
        <translation>ECHTE SYSTEME – %1 – Cordon</translation>
    </message>
    <message>
        <source>The agent’s key stays closed, so nothing can be done in its name.</source>
        <translation>Der Schlüssel des Agenten bleibt zu, also kann in seinem Namen nichts geschehen.</translation>
    </message>
    <message>
        <source>An exercise can never connect to a real system.</source>
        <translation>Eine Übung kann sich nie mit einem echten System verbinden.</translation>
    </message>
    <message>
        <source>A sealed case is read and never acts.</source>
        <translation>Ein versiegelter Fall wird gelesen und handelt nie.</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>systems, environment</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>The systems’ credentials stay closed, so none of them can be asked.</source>
        <translation>Die Zugangsdaten der Systeme bleiben zu, also kann keines gefragt werden.</translation>
    </message>
    <message>
        <source>No real system was connected: %1</source>
        <comment>reason, a sentence</comment>
        <translation>Kein echtes System wurde verbunden: %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::MessageBand</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::Rail</name>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Strg+%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n wartet</numerusform>
            <numerusform>%1, %n warten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::ReadingBand</name>
    <message>
        <source>Share of the logs read</source>
        <translation>Anteil der gelesenen Logs</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop reading; what was read stays</source>
        <translation>Lesen beenden; was gelesen wurde, bleibt</translation>
    </message>
    <message>
        <source>Cancel reading</source>
        <translation>Lesen abbrechen</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <comment>file</comment>
        <translation>Liest %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message numerus="yes">
        <source>%1 event(s)</source>
        <translation>
            <numerusform>%1 Ereignis</numerusform>
            <numerusform>%1 Ereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>time</comment>
        <translation>noch %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::ResumeDialog</name>
    <message>
        <source>Resume the agent</source>
        <translation>Den Agenten fortsetzen</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>One person lets the agent observe again. A second person, here or at another console, lets it act again. Approvals that waited before the halt are void.</source>
        <translation>Eine Person lässt den Agenten wieder beobachten. Eine zweite Person, hier oder an einer anderen Konsole, lässt ihn wieder handeln. Genehmigungen, die vor dem Anhalten warteten, sind hinfällig.</translation>
    </message>
    <message>
        <source>At the desk: %1. Choose somebody else in the status bar.</source>
        <translation>Am Platz: %1. Wählen Sie in der Statuszeile jemand anderen.</translation>
    </message>
    <message>
        <source>Stay halted</source>
        <translation>Angehalten lassen</translation>
    </message>
    <message>
        <source>Sign and resume…</source>
        <translation>Unterschreiben und fortsetzen …</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::SealedBand</name>
    <message>
        <source>Sealed</source>
        <translation>Versiegelt</translation>
    </message>
    <message>
        <source>Read-only: this file can be read, verified and reported. Nothing in it can be changed.</source>
        <translation>Nur lesbar: Aus dieser Datei lässt sich lesen, prüfen und berichten. Nichts darin lässt sich ändern.</translation>
    </message>
    <message>
        <source>Sealed case: %1</source>
        <translation>Versiegelter Fall: %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::TopBar</name>
    <message>
        <source>Ledger</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>no log yet</source>
        <translation>noch kein Log</translation>
    </message>
    <message>
        <source>Agent observing</source>
        <translation>Agent beobachtet</translation>
    </message>
    <message>
        <source>Halt agent</source>
        <translation>Agent anhalten</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>Fortsetzen …</translation>
    </message>
    <message>
        <source>Cordon</source>
        <translation>Cordon</translation>
    </message>
    <message>
        <source>Search or run…      Ctrl+K</source>
        <translation>Suchen …   Strg+K</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>Suchen oder einen Befehl ausführen</translation>
    </message>
    <message>
        <source>Stops everything the agent does, at once, without asking (Ctrl+Shift+H)</source>
        <translation>Stoppt alles, was der Agent tut, sofort und ohne Rückfrage (Strg+Umschalt+H)</translation>
    </message>
    <message>
        <source>Ledger healthy · %1 entries</source>
        <translation>Journal heil · %1 Einträge</translation>
    </message>
    <message>
        <source>Ledger damaged</source>
        <translation>Journal beschädigt</translation>
    </message>
    <message>
        <source>no events yet</source>
        <translation>noch keine Ereignisse</translation>
    </message>
    <message>
        <source>log to %1</source>
        <comment>time</comment>
        <translation>Log bis %1</translation>
    </message>
    <message>
        <source>log to %1 · %2 behind</source>
        <comment>time, how long</comment>
        <translation>Log bis %1 · %2 zurück</translation>
    </message>
    <message>
        <source>%1 of %2 actions</source>
        <translation>%1 von %2 Aktionen</translation>
    </message>
    <message>
        <source>session %1</source>
        <comment>time left</comment>
        <translation>Sitzung %1</translation>
    </message>
    <message>
        <source>Two people let the agent act again, one lets it observe</source>
        <translation>Zwei Personen lassen den Agenten wieder handeln, eine lässt ihn beobachten</translation>
    </message>
    <message>
        <source>Agent acting</source>
        <translation>Agent handelt</translation>
    </message>
    <message>
        <source>Agent waits for people</source>
        <translation>Agent wartet auf Menschen</translation>
    </message>
    <message>
        <source>Agent halted</source>
        <translation>Agent angehalten</translation>
    </message>
    <message>
        <source>Agent paused</source>
        <translation>Agent unterbrochen</translation>
    </message>
    <message>
        <source>Search or run…</source>
        <translation>Suchen oder ausführen …</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suchen …</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::Workspace</name>
    <message>
        <source>Triage</source>
        <translation>Sichtung</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Freigaben</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beweise</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Nothing was decided.</source>
        <translation>Nichts wurde entschieden.</translation>
    </message>
    <message>
        <source>A step-up form is open already. Decide there first.</source>
        <translation>Ein Formular zum Genehmigen ist schon offen. Entscheiden Sie zuerst dort.</translation>
    </message>
    <message>
        <source>%1 no longer waits.</source>
        <translation>%1 wartet nicht mehr.</translation>
    </message>
    <message>
        <source>The step-up form for %1 is open.</source>
        <translation>Das Formular für %1 ist offen.</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Gehe zu %1</translation>
    </message>
    <message>
        <source>Ctrl+%1</source>
        <translation>Strg+%1</translation>
    </message>
    <message>
        <source>Halt agent</source>
        <translation>Agent anhalten</translation>
    </message>
    <message>
        <source>Ctrl+Shift+H</source>
        <translation>Strg+Umschalt+H</translation>
    </message>
    <message>
        <source>Resume agent…</source>
        <translation>Agent fortsetzen …</translation>
    </message>
    <message>
        <source>Practise halting (drill)…</source>
        <translation>Anhalten üben …</translation>
    </message>
    <message>
        <source>People of this installation…</source>
        <translation>Personen dieser Installation …</translation>
    </message>
    <message>
        <source>Lock this console</source>
        <translation>Diese Konsole sperren</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Strg+L</translation>
    </message>
    <message>
        <source>Open logs…</source>
        <translation>Logs öffnen …</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Strg+O</translation>
    </message>
    <message>
        <source>Open logs with options…</source>
        <translation>Logs mit Angaben öffnen …</translation>
    </message>
    <message>
        <source>Add folder to follow…</source>
        <translation>Zu verfolgenden Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Open a case…</source>
        <translation>Einen Fall öffnen …</translation>
    </message>
    <message>
        <source>Close this case</source>
        <translation>Diesen Fall schließen</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>Sprache: %1</translation>
    </message>
    <message>
        <source>%1 from the next start on.</source>
        <comment>language</comment>
        <translation>%1 vom nächsten Start an.</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Ctrl+/</source>
        <translation>Strg+/</translation>
    </message>
    <message>
        <source>People of this exercise…</source>
        <translation>Personen dieser Übung …</translation>
    </message>
    <message>
        <source>Nothing was signed.</source>
        <translation>Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Nobody of this case is at the desk, so nothing can be signed. Enrol people with “cordonctl people enrol”.</source>
        <translation>Niemand aus diesem Fall ist am Platz, also kann nichts unterschrieben werden. Tragen Sie Personen mit „cordonctl people enrol“ ein.</translation>
    </message>
    <message>
        <source>Next look: dark, light, high contrast</source>
        <translation>Nächstes Aussehen: dunkel, hell, hoher Kontrast</translation>
    </message>
    <message>
        <source>The sign-in was for another sitting, or is signed by nobody of this case. Try again.</source>
        <translation>Die Anmeldung galt einer anderen Sitzung oder ist von niemandem aus diesem Fall unterschrieben. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>A sealed case has no agent to halt.</source>
        <translation>Ein versiegelter Fall hat keinen Agenten, der anzuhalten wäre.</translation>
    </message>
    <message>
        <source>Open a sealed case…</source>
        <translation>Versiegelten Fall öffnen…</translation>
    </message>
    <message>
        <source>Seal case…</source>
        <translation>Fall versiegeln …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Ausgeben …</translation>
    </message>
    <message>
        <source>Replay with other rules or another mandate…</source>
        <translation>Mit anderen Regeln oder einem anderen Mandat durchspielen …</translation>
    </message>
    <message>
        <source>Real systems…</source>
        <translation>Echte Systeme …</translation>
    </message>
    <message>
        <source>An exercise can never connect to a real system.</source>
        <translation>Eine Übung kann sich nie mit einem echten System verbinden.</translation>
    </message>
    <message>
        <source>works</source>
        <translation>funktioniert</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>funktioniert nicht</translation>
    </message>
</context>
<context>
    <name>cordon::ui::travel::PasteDialog</name>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>A QR code is missing. Scan them all.</source>
        <translation>Ein QR-Code fehlt. Scannen Sie alle.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::travel::QrView</name>
    <message>
        <source>Previous</source>
        <translation>Vorheriger</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächster</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>QR code %1</source>
        <translation>QR-Code %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::travel::TextDialog</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Getan</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::AgentView</name>
    <message>
        <source>observing</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>acting</source>
        <translation>handelt</translation>
    </message>
    <message>
        <source>waiting for people</source>
        <translation>wartet auf Menschen</translation>
    </message>
    <message>
        <source>halted</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>von selbst</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>may read</source>
        <translation>darf lesen</translation>
    </message>
    <message>
        <source>1 approver</source>
        <translation>1 Genehmigung</translation>
    </message>
    <message>
        <source>%1 approvers</source>
        <translation>%1 Genehmigungen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Session remaining</source>
        <translation>Sitzung verbleibend</translation>
    </message>
    <message>
        <source>Actions used</source>
        <translation>Aktionen benutzt</translation>
    </message>
    <message>
        <source>Actions in the window</source>
        <translation>Aktionen im Zeitfenster</translation>
    </message>
    <message>
        <source>Identities touched</source>
        <translation>Berührte Identitäten</translation>
    </message>
    <message>
        <source>Refused by policy</source>
        <translation>Durch Regeln abgelehnt</translation>
    </message>
    <message>
        <source>Edit mandate…</source>
        <translation>Mandat bearbeiten …</translation>
    </message>
    <message>
        <source>Test a decision…</source>
        <translation>Entscheidung erproben …</translation>
    </message>
    <message>
        <source>Drill…</source>
        <translation>Halteübung …</translation>
    </message>
    <message>
        <source>Practise halting: due every 90 days</source>
        <translation>Anhalten üben: alle 90 Tage fällig</translation>
    </message>
    <message>
        <source>Practise halting</source>
        <translation>Anhalten üben</translation>
    </message>
    <message>
        <source>Can see</source>
        <translation>Darf sehen</translation>
    </message>
    <message>
        <source>Data the agent may read in this session</source>
        <translation>Daten, die der Agent in dieser Sitzung lesen darf</translation>
    </message>
    <message>
        <source>Can decide</source>
        <translation>Darf entscheiden</translation>
    </message>
    <message>
        <source>What it may conclude without a person</source>
        <translation>Was er ohne einen Menschen schließen darf</translation>
    </message>
    <message>
        <source>Can change</source>
        <translation>Darf ändern</translation>
    </message>
    <message>
        <source>Actions inside the verified scope</source>
        <translation>Aktionen innerhalb des bestätigten Umfangs</translation>
    </message>
    <message>
        <source>Decisions, sessions and controls of the agent</source>
        <translation>Entscheidungen, Sitzungen und Kontrollen des Agenten</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Every proposal, whoever made it, and the clause that decided; Enter opens the ledger entry</source>
        <translation>Jeder Vorschlag, von wem auch immer, und die Klausel, die entschied; Eingabe öffnet den Journaleintrag</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Sessions of the agent; Enter opens the ledger entry</source>
        <translation>Sitzungen des Agenten; Eingabe öffnet den Journaleintrag</translation>
    </message>
    <message>
        <source>Control frameworks</source>
        <translation>Rahmenwerke</translation>
    </message>
    <message>
        <source>Controls, what meets them, and the newest ledger entry that shows it; Enter opens that entry</source>
        <translation>Kontrollen, was sie erfüllt, und der neueste Journaleintrag, der es zeigt; Eingabe öffnet diesen Eintrag</translation>
    </message>
    <message>
        <source>No entry of this case&apos;s ledger shows this control.</source>
        <translation>Kein Eintrag im Journal dieses Falls zeigt diese Kontrolle.</translation>
    </message>
    <message>
        <source>%1 is saved for its owners to sign; the mandate in force is unchanged.</source>
        <translation>%1 ist zum Unterschreiben gesichert; das geltende Mandat ist unverändert.</translation>
    </message>
    <message>
        <source>Clause %1 of the mandate, %2</source>
        <translation>Klausel %1 des Mandats, %2</translation>
    </message>
    <message>
        <source>The agent&apos;s mandate could not be read: %1</source>
        <translation>Das Mandat des Agenten konnte nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>The agent&apos;s sessions could not be read: %1</source>
        <translation>Die Sitzungen des Agenten konnten nicht gelesen werden: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) wait for people</source>
        <translation>
            <numerusform>%n Schritt wartet auf Menschen</numerusform>
            <numerusform>%n Schritte warten auf Menschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Non-human identity · owner %1 · deputy %2 · key %3 · mandate %4 revision %5, %6 · %7 · until %8</source>
        <translation>Nicht menschliche Identität · verantwortlich %1 · Stellvertretung %2 · Schlüssel %3 · Mandat %4 Revision %5, %6 · %7 · bis %8</translation>
    </message>
    <message numerus="yes">
        <source>signed by %n owner(s)</source>
        <translation>
            <numerusform>von %n Verantwortlichen unterschrieben</numerusform>
            <numerusform>von %n Verantwortlichen unterschrieben</numerusform>
        </translation>
    </message>
    <message>
        <source>Mandate sha256 %1</source>
        <translation>Mandat sha256 %1</translation>
    </message>
    <message>
        <source>no session</source>
        <translation>keine Sitzung</translation>
    </message>
    <message>
        <source>what it can see</source>
        <translation>was er sehen darf</translation>
    </message>
    <message>
        <source>what it can decide</source>
        <translation>was er entscheiden darf</translation>
    </message>
    <message>
        <source>what it can change</source>
        <translation>was er ändern darf</translation>
    </message>
    <message>
        <source>Real systems that the agent acts on</source>
        <translation>Echte Systeme, an denen der Agent handelt</translation>
    </message>
    <message>
        <source>Real systems</source>
        <translation>Echte Systeme</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::ApprovalsView</name>
    <message>
        <source>Requests, open ones first</source>
        <translation>Anfragen, offene zuerst</translation>
    </message>
    <message>
        <source>Review…</source>
        <translation>Ansehen …</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Copy request…</source>
        <translation>Anfrage kopieren …</translation>
    </message>
    <message>
        <source>Paste reply…</source>
        <translation>Antwort einfügen …</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Freigaben</translation>
    </message>
    <message>
        <source>All requests</source>
        <translation>Alle Anfragen</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Approved or done</source>
        <translation>Genehmigt oder getan</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Ran out or void</source>
        <translation>Abgelaufen oder hinfällig</translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>Welche Anfragen</translation>
    </message>
    <message>
        <source>Step, person, code…</source>
        <translation>Schritt, Person, Code …</translation>
    </message>
    <message>
        <source>Filter the requests</source>
        <translation>Die Anfragen filtern</translation>
    </message>
    <message>
        <source>No request here</source>
        <translation>Hier ist keine Anfrage</translation>
    </message>
    <message>
        <source>When a step is disruptive or destructive, the agent asks here and in Triage. What was asked stays listed for ever.</source>
        <translation>Wenn ein Schritt störend oder zerstörend ist, fragt der Agent hier und in der Sichtung. Was gefragt wurde, bleibt für immer aufgelistet.</translation>
    </message>
    <message>
        <source>Review the chosen request</source>
        <translation>Die gewählte Anfrage ansehen</translation>
    </message>
    <message>
        <source>For somebody elsewhere: the signed request as text and as QR code</source>
        <translation>Für jemanden anderswo: die unterschriebene Anfrage als Text und als QR-Code</translation>
    </message>
    <message>
        <source>Takes a signed reply that came through a chat, mail or camera</source>
        <translation>Nimmt eine unterschriebene Antwort an, die durch Chat, Mail oder Kamera kam</translation>
    </message>
    <message>
        <source>Ask again for the chosen request</source>
        <translation>Nach der gewählten Anfrage erneut fragen</translation>
    </message>
    <message>
        <source>Choose a request to read what became of it</source>
        <translation>Wählen Sie eine Anfrage, um zu lesen, was daraus wurde</translation>
    </message>
    <message>
        <source>Digest of the action</source>
        <translation>Prüfsumme der Aktion</translation>
    </message>
    <message>
        <source>What became of the request, oldest first; Enter opens the ledger entry</source>
        <translation>Was aus der Anfrage wurde, das Älteste zuerst; Eingabe öffnet den Journaleintrag</translation>
    </message>
    <message>
        <source>The approvals could not be read: %1</source>
        <translation>Die Genehmigungen konnten nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>%1 waiting · %2 in all · %3 shown</source>
        <translation>%1 wartend · %2 insgesamt · %3 gezeigt</translation>
    </message>
    <message>
        <source>Who asks again cannot approve it</source>
        <translation>Wer erneut fragt, kann es nicht genehmigen</translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>Anfrage %1</translation>
    </message>
    <message>
        <source>It is on the clipboard. Send it through any chat or mail, or have it scanned; there it is opened with cordon_approve --paste, or cordon_approve_tty. The signed reply comes back the same way, to Paste reply.</source>
        <translation>Sie liegt in der Zwischenablage. Schicken Sie sie durch irgendeinen Chat oder per Mail, oder lassen Sie sie scannen; dort wird sie mit cordon_approve --paste oder cordon_approve_tty geöffnet. Die unterschriebene Antwort kommt auf demselben Weg zurück, zu „Antwort einfügen“.</translation>
    </message>
    <message>
        <source>The signed request as text</source>
        <translation>Die unterschriebene Anfrage als Text</translation>
    </message>
    <message>
        <source>Paste a reply</source>
        <translation>Eine Antwort einfügen</translation>
    </message>
    <message>
        <source>Paste the signed reply as it came: the text, or what a camera read from its QR codes, in any order. Whether it counts is checked by the engine.</source>
        <translation>Fügen Sie die unterschriebene Antwort ein, wie sie kam: den Text, oder was eine Kamera von ihren QR-Codes las, in beliebiger Reihenfolge. Ob sie zählt, prüft die Engine.</translation>
    </message>
    <message>
        <source>The reply as text</source>
        <translation>Die Antwort als Text</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Einreichen</translation>
    </message>
    <message>
        <source>This is no signed reply.</source>
        <translation>Das ist keine unterschriebene Antwort.</translation>
    </message>
    <message>
        <source>%1 · %2 · step %3 · %4 · %5 · %6 of %7 approved · to be decided by %8 UTC</source>
        <translation>%1 · %2 · Schritt %3 · %4 · %5 · %6 von %7 genehmigt · zu entscheiden bis %8 UTC</translation>
    </message>
    <message>
        <source>code %1 · sha256 %2</source>
        <translation>Code %1 · sha256 %2</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::BoardView</name>
    <message>
        <source>The %1 of highest risk of %2 are shown.</source>
        <translation>Gezeigt werden die %1 mit dem höchsten Risiko von %2.</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>All incidents of the case. Handover and metrics are not in this version.</source>
        <translation>Alle Vorfälle des Falls. Übergabe und Kennzahlen gibt es in dieser Version nicht.</translation>
    </message>
    <message>
        <source>All incidents</source>
        <translation>Alle Vorfälle</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::ContainmentPanel</name>
    <message>
        <source>Proposal…</source>
        <translation>Vorschlag …</translation>
    </message>
    <message>
        <source>Take a sequence that somebody else wrote</source>
        <translation>Eine Abfolge übernehmen, die jemand anders schrieb</translation>
    </message>
    <message>
        <source>Take a proposal</source>
        <translation>Vorschlag übernehmen</translation>
    </message>
    <message>
        <source>Proposals (*.json)</source>
        <translation>Vorschläge (*.json)</translation>
    </message>
    <message>
        <source>%1 is no proposal that can be read.</source>
        <translation>%1 ist kein lesbarer Vorschlag.</translation>
    </message>
    <message>
        <source>Take a proposed sequence</source>
        <translation>Eine vorgeschlagene Abfolge übernehmen</translation>
    </message>
    <message>
        <source>%1

Its first low step may run by itself. Every later one waits for people, and you approve none of them.</source>
        <translation>%1

Der erste niedrige Schritt darf von selbst laufen. Jeder spätere wartet auf Menschen, und Sie geben keinen davon frei.</translation>
    </message>
    <message>
        <source>Take the sequence</source>
        <translation>Abfolge übernehmen</translation>
    </message>
    <message>
        <source>Taking the proposed sequence was asked for.</source>
        <translation>Die Übernahme der vorgeschlagenen Abfolge wurde veranlasst.</translation>
    </message>
    <message>
        <source>undecided when it was sealed</source>
        <translation>beim Versiegeln nicht entschieden</translation>
    </message>
    <message>
        <source>no decision</source>
        <translation>keine Entscheidung</translation>
    </message>
    <message>
        <source>Continue…</source>
        <translation>Weiter …</translation>
    </message>
    <message>
        <source>show decision</source>
        <translation>Entscheidung zeigen</translation>
    </message>
    <message>
        <source>Containment sequence</source>
        <translation>Eindämmung</translation>
    </message>
    <message>
        <source>Residual access</source>
        <translation>Restzugang</translation>
    </message>
    <message>
        <source>The agent&apos;s session is paused: two failures in a row. Look at what failed; then the session may go on.</source>
        <translation>Die Sitzung des Agenten ist unterbrochen: zwei Fehlschläge in Folge. Sehen Sie an, was fehlschlug; dann darf die Sitzung weitergehen.</translation>
    </message>
    <message>
        <source>The agent is halted. Resume it first.</source>
        <translation>Der Agent ist angehalten. Setzen Sie ihn zuerst fort.</translation>
    </message>
    <message>
        <source>Takes your PIN; the ledger keeps who looked</source>
        <translation>Braucht Ihre PIN; das Journal hält fest, wer nachgesehen hat</translation>
    </message>
    <message>
        <source>v%1 · %2</source>
        <comment>revision, playbook</comment>
        <translation>v%1 · %2</translation>
    </message>
    <message>
        <source>Playbook %1
sha256 %2</source>
        <translation>Playbook %1
sha256 %2</translation>
    </message>
    <message>
        <source>No sequence yet.</source>
        <translation>Noch kein Ablauf.</translation>
    </message>
    <message>
        <source>Choose an incident to see how it is contained.</source>
        <translation>Wählen Sie einen Vorfall, um zu sehen, wie er eingedämmt wird.</translation>
    </message>
    <message>
        <source>%1 until %2</source>
        <comment>residual access, time</comment>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>&lt;b&gt;Residual access&lt;/b&gt; %1</source>
        <translation>&lt;b&gt;Restzugang&lt;/b&gt; %1</translation>
    </message>
    <message>
        <source>&lt;b&gt;No residual access known&lt;/b&gt;</source>
        <translation>&lt;b&gt;Kein Restzugang bekannt&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Show the decision on the step that waits</source>
        <translation>Die Entscheidung zum wartenden Schritt zeigen</translation>
    </message>
    <message>
        <source>the mandate asks for a person</source>
        <translation>das Mandat verlangt einen Menschen</translation>
    </message>
    <message>
        <source>Why step %1 waits: %2 (%3)</source>
        <comment>number, reason, clauses</comment>
        <translation>Warum Schritt %1 wartet: %2 (%3)</translation>
    </message>
    <message>
        <source>Skip %1</source>
        <translation>%1 überspringen</translation>
    </message>
    <message>
        <source>The step is not done in this incident. Later steps that wait for it go on without it.</source>
        <translation>Der Schritt wird in diesem Vorfall nicht getan. Spätere Schritte, die auf ihn warten, gehen ohne ihn weiter.</translation>
    </message>
    <message>
        <source>Reason (kept in the ledger)</source>
        <translation>Begründung (bleibt im Journal)</translation>
    </message>
    <message>
        <source>Skip step</source>
        <translation>Schritt überspringen</translation>
    </message>
    <message>
        <source>%1 was done elsewhere</source>
        <translation>%1 wurde anderswo getan</translation>
    </message>
    <message>
        <source>Say who did what, and where. Cordon looks at the target itself before it counts the step as done.</source>
        <translation>Sagen Sie, wer was wo getan hat. Cordon sieht das Ziel selbst an, bevor der Schritt als getan zählt.</translation>
    </message>
    <message>
        <source>What was done (kept in the ledger)</source>
        <translation>Was getan wurde (bleibt im Journal)</translation>
    </message>
    <message>
        <source>Record and verify</source>
        <translation>Festhalten und prüfen</translation>
    </message>
    <message>
        <source>Add step…</source>
        <translation>Schritt hinzufügen …</translation>
    </message>
    <message>
        <source>Add a step to the containment sequence</source>
        <translation>Einen Schritt in die Abfolge aufnehmen</translation>
    </message>
    <message>
        <source>Not here: %1 (%2)</source>
        <comment>step, why</comment>
        <translation>Nicht hier: %1 (%2)</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 verschieben</translation>
    </message>
    <message>
        <source>%1 comes before %2 from now on, and %2 waits for it. Evidence that a step would change is still kept before it.</source>
        <translation>%1 kommt von jetzt an vor %2, und %2 wartet darauf. Beweise, die ein Schritt verändern würde, werden weiterhin vorher gesichert.</translation>
    </message>
    <message>
        <source>Move step</source>
        <translation>Schritt verschieben</translation>
    </message>
    <message>
        <source>Moving %1 was asked for.</source>
        <translation>Das Verschieben von %1 wurde verlangt.</translation>
    </message>
    <message>
        <source>Take %1 back in</source>
        <translation>%1 wieder aufnehmen</translation>
    </message>
    <message>
        <source>The step is proposed again and judged anew.</source>
        <translation>Der Schritt wird wieder vorgeschlagen und neu beurteilt.</translation>
    </message>
    <message>
        <source>Restore step</source>
        <translation>Schritt wieder aufnehmen</translation>
    </message>
    <message>
        <source>%1 is to come back.</source>
        <translation>%1 soll zurückkommen.</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>Changing %1 was asked for.</source>
        <translation>Die Änderung von %1 wurde verlangt.</translation>
    </message>
    <message>
        <source>Add a step</source>
        <translation>Schritt hinzufügen</translation>
    </message>
    <message>
        <source>A step more was asked for.</source>
        <translation>Ein weiterer Schritt wurde verlangt.</translation>
    </message>
    <message>
        <source>Nothing in this sequence contains anything: its steps only look and keep.</source>
        <translation>Nichts in dieser Folge dämmt etwas ein: ihre Schritte sehen nur nach und bewahren.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::EvidenceView</name>
    <message>
        <source>Hand over…</source>
        <translation>Übergeben…</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Take over %1…</source>
        <translation>%1 übernehmen…</translation>
    </message>
    <message>
        <source>Choose what is to be handed over.</source>
        <translation>Wählen Sie, was übergeben werden soll.</translation>
    </message>
    <message>
        <source>%1 takes it over, after every byte was checked, and signs.</source>
        <translation>%1 übernimmt es, nachdem jedes Byte geprüft ist, und unterschreibt.</translation>
    </message>
    <message>
        <source>Whoever has it signs for handing it over, the other person for taking it over.</source>
        <translation>Wer es hat, unterschreibt die Übergabe, die andere Person die Übernahme.</translation>
    </message>
    <message>
        <source>A log cannot be erased: its events stand in the index and in pages that rest on it.</source>
        <translation>Ein Log kann nicht gelöscht werden: Seine Ereignisse stehen im Index und auf Seiten, die auf ihm beruhen.</translation>
    </message>
    <message>
        <source>Choose what is to be erased.</source>
        <translation>Wählen Sie, was gelöscht werden soll.</translation>
    </message>
    <message>
        <source>Only what is encrypted can be erased: its key is taken away. This item is not.</source>
        <translation>Nur Verschlüsseltes kann gelöscht werden: sein Schlüssel wird entfernt. Dieses Stück ist nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>It is under legal hold.</source>
        <translation>Es steht unter Löschsperre.</translation>
    </message>
    <message>
        <source>It is on its way by %1.</source>
        <translation>Es ist mit %1 unterwegs.</translation>
    </message>
    <message>
        <source>A commander takes its key away, for ever; the ledger still proves what it was.</source>
        <translation>Die Einsatzleitung entfernt seinen Schlüssel für immer; das Journal belegt weiter, was es war.</translation>
    </message>
    <message>
        <source>This case knows nobody else to whom evidence could be handed over.</source>
        <translation>Dieser Fall kennt sonst niemanden, dem Beweisstücke übergeben werden könnten.</translation>
    </message>
    <message>
        <source>Take over %1</source>
        <translation>%1 übernehmen</translation>
    </message>
    <message>
        <source>Only %1 takes it over. Cordon checks every byte of every item of %2 first; what is not whole is not taken over.</source>
        <translation>Nur %1 übernimmt es. Cordon prüft zuerst jedes Byte jedes Stücks von %2; was nicht ganz ist, wird nicht übernommen.</translation>
    </message>
    <message>
        <source>In what condition it came</source>
        <translation>In welchem Zustand es ankam</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Erase evidence</source>
        <translation>Beweisstück löschen</translation>
    </message>
    <message>
        <source>The key of %1 is taken away and its bytes can never be read again. What the ledger says of it stays and can still be verified. A commander signs for it.</source>
        <translation>Der Schlüssel von %1 wird entfernt, und seine Bytes können nie wieder gelesen werden. Was das Journal davon sagt, bleibt und kann weiter geprüft werden. Die Einsatzleitung unterschreibt dafür.</translation>
    </message>
    <message>
        <source>Why, and by whose order</source>
        <translation>Warum, und auf wessen Anordnung</translation>
    </message>
    <message>
        <source>Erase for ever</source>
        <translation>Für immer löschen</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beweise</translation>
    </message>
    <message>
        <source>All that this case rests on, each sealed under its SHA-256 and never written again. Every citation opens exact bytes of one of them. Drop a file or picture here to add it as an exhibit.</source>
        <translation>Alles, worauf dieser Fall beruht, jedes unter seinem SHA-256 versiegelt und nie wieder geschrieben. Jeder Beleg öffnet die genauen Bytes eines davon. Legen Sie eine Datei oder ein Bild hier ab, um es als Beweisstück aufzunehmen.</translation>
    </message>
    <message>
        <source>Choose an item to read its chain of custody</source>
        <translation>Wählen Sie ein Stück, um seine Beweiskette zu lesen</translation>
    </message>
    <message>
        <source>Chain of custody of the chosen item</source>
        <translation>Beweiskette des gewählten Stücks</translation>
    </message>
    <message>
        <source>Legal hold…</source>
        <translation>Löschsperre…</translation>
    </message>
    <message>
        <source>What is under legal hold must not be erased; a commander lifts it.</source>
        <translation>Was unter Löschsperre steht, darf nicht gelöscht werden; die Einsatzleitung hebt sie auf.</translation>
    </message>
    <message>
        <source>Export a copy…</source>
        <translation>Kopie exportieren…</translation>
    </message>
    <message>
        <source>Writes a working copy of the bytes, after checking every one of them; the item stays as it is.</source>
        <translation>Schreibt eine Arbeitskopie der Bytes, nachdem jedes geprüft ist; das Stück bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Add exhibit…</source>
        <translation>Beweisstück aufnehmen…</translation>
    </message>
    <message>
        <source>Any file or picture: it gets a number, and you sign for it.</source>
        <translation>Jede Datei, jedes Bild: Es bekommt eine Nummer, und Sie zeichnen dafür.</translation>
    </message>
    <message>
        <source>Add exhibit</source>
        <translation>Beweisstück aufnehmen</translation>
    </message>
    <message>
        <source>Lift legal hold…</source>
        <translation>Löschsperre aufheben…</translation>
    </message>
    <message>
        <source>Exhibit %1</source>
        <translation>Beweisstück %1</translation>
    </message>
    <message>
        <source>%1 is sealed under its SHA-256 and cannot be changed or taken back. You sign for it.</source>
        <translation>%1 wird unter seinem SHA-256 versiegelt und lässt sich weder ändern noch zurücknehmen. Sie zeichnen dafür.</translation>
    </message>
    <message>
        <source>What it is and where it came from</source>
        <translation>Was es ist und woher es kommt</translation>
    </message>
    <message>
        <source>The exhibit was not added: %1</source>
        <translation>Das Beweisstück wurde nicht aufgenommen: %1</translation>
    </message>
    <message>
        <source>Export a copy</source>
        <translation>Kopie exportieren</translation>
    </message>
    <message>
        <source>A copy was written to %1.</source>
        <translation>Eine Kopie steht in %1.</translation>
    </message>
    <message>
        <source>No copy was written: %1</source>
        <translation>Es wurde keine Kopie geschrieben: %1</translation>
    </message>
    <message>
        <source>Legal hold</source>
        <translation>Löschsperre</translation>
    </message>
    <message>
        <source>Lift legal hold</source>
        <translation>Löschsperre aufheben</translation>
    </message>
    <message>
        <source>It must not be erased until a commander lifts the hold.</source>
        <translation>Es darf nicht gelöscht werden, bis die Einsatzleitung die Sperre aufhebt.</translation>
    </message>
    <message>
        <source>A commander lifts a hold, with their own factors.</source>
        <translation>Die Einsatzleitung hebt eine Sperre auf, mit eigenen Faktoren.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Put under hold</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>Aufheben</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::IncidentHeader</name>
    <message>
        <source>Arrange…</source>
        <translation>Ordnen…</translation>
    </message>
    <message>
        <source>Merge incidents, split alerts off, move them, or take that back (M)</source>
        <translation>Vorfälle zusammenführen, Alarme abtrennen, verschieben oder das zurücknehmen (M)</translation>
    </message>
    <message>
        <source>Risk %1 of 100</source>
        <translation>Risiko %1 von 100</translation>
    </message>
    <message>
        <source>+%1  %2</source>
        <comment>points, reason</comment>
        <translation>+%1  %2</translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation>Mir zuweisen</translation>
    </message>
    <message>
        <source>Take this incident (A)</source>
        <translation>Diesen Vorfall übernehmen (A)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>severity, risk</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>incident, time span</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · %2 · owner %3</source>
        <comment>incident, time span, owner</comment>
        <translation>%1 · %2 · zuständig %3</translation>
    </message>
    <message>
        <source>First: %1
Last: %2</source>
        <translation>Zuerst: %1
Zuletzt: %2</translation>
    </message>
    <message numerus="yes">
        <source>+%n more</source>
        <translation>
            <numerusform>+%n weiteres</numerusform>
            <numerusform>+%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Closed by the agent</source>
        <translation>Vom Agenten geschlossen</translation>
    </message>
    <message>
        <source>Closed: %1 · %2 · %3 · %4</source>
        <comment>verdict, person, time, reason</comment>
        <translation>Geschlossen: %1 · %2 · %3 · %4</translation>
    </message>
    <message>
        <source>Close…</source>
        <translation>Schließen…</translation>
    </message>
    <message>
        <source>Open again…</source>
        <translation>Wieder öffnen…</translation>
    </message>
    <message>
        <source>Asks for a verdict; kept in the ledger under your name</source>
        <translation>Fragt nach einem Urteil; steht unter Ihrem Namen im Journal</translation>
    </message>
    <message>
        <source>The agent may work on it again</source>
        <translation>Der Agent darf wieder daran arbeiten</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::IncidentPane</name>
    <message>
        <source>Alerts %1 of %2</source>
        <comment>shown, all</comment>
        <translation>Alarme %1 von %2</translation>
    </message>
    <message>
        <source>Views of the incident</source>
        <translation>Ansichten des Vorfalls</translation>
    </message>
    <message>
        <source>Alerts of the incident</source>
        <translation>Alarme des Vorfalls</translation>
    </message>
    <message>
        <source>Events of the incident</source>
        <translation>Ereignisse des Vorfalls</translation>
    </message>
    <message>
        <source>Evidence cited by the incident</source>
        <translation>Vom Vorfall zitierte Beweise</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>attacker</source>
        <translation>Angreifer</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>people</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Story of the incident</source>
        <translation>Geschichte des Vorfalls</translation>
    </message>
    <message>
        <source>Entity graph, large</source>
        <translation>Beziehungsbild, groß</translation>
    </message>
    <message>
        <source>Members of the incident</source>
        <translation>Beteiligte des Vorfalls</translation>
    </message>
    <message>
        <source>hide</source>
        <translation>verbergen</translation>
    </message>
    <message>
        <source>show</source>
        <translation>zeigen</translation>
    </message>
    <message>
        <source>Hide the timeline</source>
        <translation>Die Zeitleiste verbergen</translation>
    </message>
    <message>
        <source>Show the timeline</source>
        <translation>Die Zeitleiste zeigen</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>Geschichte</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Alerts %1</source>
        <translation>Alarme %1</translation>
    </message>
    <message>
        <source>Events %1</source>
        <translation>Ereignisse %1</translation>
    </message>
    <message>
        <source>Evidence %1</source>
        <translation>Beweise %1</translation>
    </message>
    <message>
        <source>Notes %1</source>
        <translation>Notizen %1</translation>
    </message>
    <message>
        <source>Note on %1</source>
        <translation>Notiz zu %1</translation>
    </message>
    <message>
        <source>The note stays with the incident under your name.</source>
        <translation>Die Notiz bleibt unter Ihrem Namen beim Vorfall.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>Notiz hinzufügen</translation>
    </message>
    <message>
        <source>Open %1 again</source>
        <translation>%1 wieder öffnen</translation>
    </message>
    <message>
        <source>The agent may work on it again, and what was not asked yet may be asked.</source>
        <translation>Der Agent darf wieder daran arbeiten, und was noch nicht gefragt wurde, kann gefragt werden.</translation>
    </message>
    <message>
        <source>Reason, for the ledger</source>
        <translation>Grund, für das Journal</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::IncidentQueue</name>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>by risk</source>
        <translation>nach Risiko</translation>
    </message>
    <message>
        <source>Incidents, highest risk first</source>
        <translation>Vorfälle, höchstes Risiko zuerst</translation>
    </message>
    <message>
        <source>No incidents</source>
        <translation>Keine Vorfälle</translation>
    </message>
    <message>
        <source>Alerts that belong together appear here as incidents. Open logs or an exercise to begin.</source>
        <translation>Alarme, die zusammengehören, erscheinen hier als Vorfälle. Öffnen Sie zu Beginn Logs oder eine Übung.</translation>
    </message>
    <message>
        <source>%1 open · %2 need you</source>
        <translation>%1 offen · %2 für Sie</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::LedgerView</name>
    <message>
        <source>Check against a key…</source>
        <translation>Mit einem Schlüssel prüfen…</translation>
    </message>
    <message>
        <source>Verifies it by a key that you were told, instead of the one that is known on this machine</source>
        <translation>Prüft ihn mit einem Schlüssel, der Ihnen genannt wurde, statt mit dem, der auf diesem Rechner bekannt ist</translation>
    </message>
    <message>
        <source>Choose an entry to read it</source>
        <translation>Wählen Sie einen Eintrag, um ihn zu lesen</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Ledger entries, newest first</source>
        <translation>Journaleinträge, neueste zuerst</translation>
    </message>
    <message>
        <source>Content of the ledger entry</source>
        <translation>Inhalt des Journaleintrags</translation>
    </message>
    <message>
        <source>Entry %1</source>
        <translation>Eintrag %1</translation>
    </message>
    <message>
        <source>The entry could not be read: %1</source>
        <translation>Der Eintrag konnte nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Share of the case that is verified</source>
        <translation>Geprüfter Anteil des Falls</translation>
    </message>
    <message>
        <source>Reads every byte of ledger and evidence again and says whether they hold</source>
        <translation>Liest jedes Byte von Journal und Beweismitteln erneut und sagt, ob sie halten</translation>
    </message>
    <message>
        <source>Reading every byte…</source>
        <translation>Jedes Byte wird gelesen…</translation>
    </message>
    <message>
        <source>Verification was stopped. Nothing is said.</source>
        <translation>Die Prüfung wurde abgebrochen. Es ist nichts gesagt.</translation>
    </message>
    <message>
        <source>everything fits</source>
        <translation>alles passt</translation>
    </message>
    <message>
        <source>something was altered: read the lines on the right</source>
        <translation>etwas wurde verändert: lesen Sie die Zeilen rechts</translation>
    </message>
    <message>
        <source>something is missing or not signed yet</source>
        <translation>etwas fehlt oder ist noch nicht signiert</translation>
    </message>
    <message>
        <source>the key is not known here, or no anchor was at hand</source>
        <translation>der Schlüssel ist hier nicht bekannt, oder es war kein Anker zur Hand</translation>
    </message>
    <message>
        <source>the key is another: either this is not the case you think or the key is wrong</source>
        <translation>der Schlüssel ist ein anderer: entweder ist dies nicht der Fall, den Sie meinen, oder der Schlüssel ist falsch</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>verdict and its meaning</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Verdict: %1</source>
        <translation>Urteil: %1</translation>
    </message>
    <message>
        <source>What the verifier found</source>
        <translation>Was die Prüfung fand</translation>
    </message>
    <message>
        <source>Origin %1 · genesis key %2 · append-only, hash-chained, signed. Verify checks it from the bytes, as cordonctl verify does.</source>
        <translation>Herkunft %1 · Ursprungsschlüssel %2 · nur angefügt, als Hashkette, signiert. „Prüfen“ prüft es von den Bytes her, wie cordonctl verify.</translation>
    </message>
    <message>
        <source>Replay…</source>
        <translation>Durchspielen …</translation>
    </message>
    <message>
        <source>What other rules or another mandate would have made of this case; changes nothing</source>
        <translation>Was andere Regeln oder ein anderes Mandat aus diesem Fall gemacht hätten; ändert nichts</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Ausgeben …</translation>
    </message>
    <message>
        <source>Writes the case as report, timeline or for other programs</source>
        <translation>Schreibt den Fall als Bericht, Zeitleiste oder für andere Programme</translation>
    </message>
    <message>
        <source>Seal case…</source>
        <translation>Fall versiegeln …</translation>
    </message>
    <message>
        <source>Puts the case, or one incident, into one signed file to be handed over</source>
        <translation>Legt den Fall oder einen Vorfall in eine unterschriebene Datei, die übergeben wird</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::NotesPage</name>
    <message>
        <source>Add note…</source>
        <translation>Notiz hinzufügen …</translation>
    </message>
    <message>
        <source>No notes yet. What you write here stays with the incident, in the ledger.</source>
        <translation>Noch keine Notizen. Was Sie hier schreiben, bleibt beim Vorfall, im Journal.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::SourcesView</name>
    <message>
        <source>Log files and followed folders</source>
        <translation>Logdateien und verfolgte Ordner</translation>
    </message>
    <message>
        <source>No sources yet</source>
        <translation>Noch keine Quellen</translation>
    </message>
    <message>
        <source>Drop log files or folders here, press Add logs, or follow a folder into which logs are written.</source>
        <translation>Lassen Sie Logdateien oder Ordner hier fallen, klicken Sie auf „Logs hinzufügen“, oder verfolgen Sie einen Ordner, in den Logs geschrieben werden.</translation>
    </message>
    <message>
        <source>Records that could not be used</source>
        <translation>Einträge, die nicht verwendet werden konnten</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Nicht mehr verfolgen</translation>
    </message>
    <message>
        <source>The chosen source is left alone from now on; what was read stays. Following it again goes on there.</source>
        <translation>Die gewählte Quelle bleibt von jetzt an unbeachtet; was gelesen wurde, bleibt. Wird sie wieder verfolgt, geht es dort weiter.</translation>
    </message>
    <message>
        <source>Follow a growing file…</source>
        <translation>Eine wachsende Datei verfolgen …</translation>
    </message>
    <message>
        <source>Add folder to follow…</source>
        <translation>Zu verfolgenden Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add logs…</source>
        <translation>Logs hinzufügen …</translation>
    </message>
    <message>
        <source>With options…</source>
        <translation>Mit Angaben …</translation>
    </message>
    <message>
        <source>Add logs with options</source>
        <translation>Logs mit Angaben hinzufügen</translation>
    </message>
    <message>
        <source>Asks for zone, clock offset and year of the logs also where nothing is missing.</source>
        <translation>Fragt nach Zone, Uhrabweichung und Jahr der Logs, auch wo nichts fehlt.</translation>
    </message>
    <message>
        <source>Records that could not be used · %1</source>
        <translation>Einträge, die nicht verwendet werden konnten · %1</translation>
    </message>
    <message>
        <source>reading %1 at %2/s</source>
        <comment>file, bytes per second</comment>
        <translation>liest %1 mit %2/s</translation>
    </message>
    <message numerus="yes">
        <source>%1 event(s) · log reaches %2 UTC</source>
        <translation>
            <numerusform>%1 Ereignis · Log reicht bis %2 UTC</numerusform>
            <numerusform>%1 Ereignisse · Log reicht bis %2 UTC</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::StepCard</name>
    <message>
        <source>Step %1: %2, %3, %4</source>
        <comment>number, title, tier, state</comment>
        <translation>Schritt %1: %2, %3, %4</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Why: decision on step %1</source>
        <translation>Warum: Entscheidung zu Schritt %1</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Zurücknehmen …</translation>
    </message>
    <message>
        <source>Undo step %1</source>
        <translation>Schritt %1 zurücknehmen</translation>
    </message>
    <message>
        <source>Keep contained</source>
        <translation>Eingedämmt lassen</translation>
    </message>
    <message>
        <source>Keep step %1 contained for longer</source>
        <translation>Schritt %1 länger eingedämmt lassen</translation>
    </message>
    <message numerus="yes">
        <source>for %n hour(s) more</source>
        <translation>
            <numerusform>für noch %n Stunde</numerusform>
            <numerusform>für noch %n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Review…</source>
        <translation>Ansehen …</translation>
    </message>
    <message>
        <source>Review step %1</source>
        <translation>Schritt %1 ansehen</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Ask again for step %1</source>
        <translation>Nach Schritt %1 erneut fragen</translation>
    </message>
    <message>
        <source>Who asks again cannot approve it</source>
        <translation>Wer erneut fragt, kann es nicht genehmigen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Skip step %1</source>
        <translation>Schritt %1 überspringen</translation>
    </message>
    <message>
        <source>Done elsewhere…</source>
        <translation>Anderswo getan …</translation>
    </message>
    <message>
        <source>Step %1 was done elsewhere</source>
        <translation>Schritt %1 wurde anderswo getan</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Change step %1</source>
        <translation>Schritt %1 ändern</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wieder aufnehmen …</translation>
    </message>
    <message>
        <source>Move up…</source>
        <translation>Nach oben …</translation>
    </message>
    <message>
        <source>Move down…</source>
        <translation>Nach unten …</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>Leave out…</source>
        <translation>Weglassen …</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::TimelineView</name>
    <message>
        <source>Lanes of the incident</source>
        <translation>Spuren des Vorfalls</translation>
    </message>
    <message numerus="yes">
        <source>%1 event(s) in view</source>
        <translation>
            <numerusform>%1 Ereignis im Blick</numerusform>
            <numerusform>%1 Ereignisse im Blick</numerusform>
        </translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Incident shown in the lanes</source>
        <translation>Vorfall in den Spuren</translation>
    </message>
    <message>
        <source>All events</source>
        <translation>Alle Ereignisse</translation>
    </message>
    <message>
        <source>Events of the incident</source>
        <translation>Ereignisse des Vorfalls</translation>
    </message>
    <message>
        <source>Only failures</source>
        <translation>Nur Fehlschläge</translation>
    </message>
    <message>
        <source>Which events the table shows</source>
        <translation>Welche Ereignisse die Tabelle zeigt</translation>
    </message>
    <message>
        <source>Filter by action, identity or address  /</source>
        <translation>Nach Aktion, Identität oder Adresse filtern  /</translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation>Ereignisse filtern</translation>
    </message>
    <message>
        <source>suspected attacker</source>
        <translation>mutmaßlicher Angreifer</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>people</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Tables below the timeline</source>
        <translation>Tabellen unter der Zeitleiste</translation>
    </message>
    <message>
        <source>Events in view</source>
        <translation>Ereignisse im Blick</translation>
    </message>
    <message>
        <source>What agent and people did</source>
        <translation>Was Agent und Menschen taten</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Agent and people</source>
        <translation>Agent und Menschen</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>All events · %1
%2</source>
        <comment>count, day</comment>
        <translation>Alle Ereignisse · %1
%2</translation>
    </message>
    <message>
        <source>Whole case</source>
        <translation>Ganzer Fall</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>incident, title</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::TriageView</name>
    <message>
        <source>The incidents could not be read: %1</source>
        <translation>Die Vorfälle konnten nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>The incident could not be read: %1</source>
        <translation>Der Vorfall konnte nicht gelesen werden: %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::widgets::BudgetCard</name>
    <message>
        <source>%1: %2</source>
        <comment>title, figure</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>cordon::ui::widgets::GraphCanvas</name>
    <message>
        <source>Verified scope — the agent may act only inside</source>
        <translation>Bestätigter Umfang — der Agent darf nur darin handeln</translation>
    </message>
    <message>
        <source>No verified scope yet — the agent may only observe</source>
        <translation>Noch kein bestätigter Umfang — der Agent darf nur beobachten</translation>
    </message>
    <message>
        <source>Entity graph</source>
        <translation>Beziehungsbild</translation>
    </message>
    <message>
        <source>inside the verified scope</source>
        <translation>im bestätigten Umfang</translation>
    </message>
    <message>
        <source>outside the verified scope</source>
        <translation>außerhalb des bestätigten Umfangs</translation>
    </message>
    <message>
        <source>%1: suspected attacker, %2</source>
        <translation>%1: mutmaßlicher Angreifer, %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>entity, place</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 %2 %3</source>
        <comment>entity, relation, entity</comment>
        <translation>%1 %2 %3</translation>
    </message>
    <message>
        <source>No entities are known for this incident yet.</source>
        <translation>Für diesen Vorfall sind noch keine Objekte bekannt.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::widgets::HistogramStrip</name>
    <message>
        <source>Events over time</source>
        <translation>Ereignisse über die Zeit</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) in the whole span</source>
        <translation>
            <numerusform>%n Ereignis in der ganzen Spanne</numerusform>
            <numerusform>%n Ereignisse in der ganzen Spanne</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cordon::ui::widgets::ProgressLine</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Abbrechen: %1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 %, about %2 s left</source>
        <translation>%1 %, noch etwa %2 s</translation>
    </message>
    <message>
        <source>%1 %, about %2 min left</source>
        <translation>%1 %, noch etwa %2 min</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>In Arbeit …</translation>
    </message>
</context>
<context>
    <name>cordon::ui::widgets::TimelineStrip</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n mark(s)</source>
        <translation>
            <numerusform>%1: %n Marke</numerusform>
            <numerusform>%1: %n Marken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Cordon: from log lines to contained incidents.</source>
        <translation>Cordon: von Logzeilen zu eingedämmten Vorfällen.</translation>
    </message>
    <message>
        <source>Log files, folders, or one case to open.</source>
        <translation>Logdateien, Ordner oder ein Fall zum Öffnen.</translation>
    </message>
    <message>
        <source>Open an exercise: a shipped one by its id, or from-log.</source>
        <translation>Eine Übung öffnen: eine mitgelieferte mit ihrer Kennung, oder from-log.</translation>
    </message>
    <message>
        <source>Case folder to make or open.</source>
        <translation>Fallordner zum Anlegen oder Öffnen.</translation>
    </message>
    <message>
        <source>Cordon&apos;s own folder; default $CORDON_HOME.</source>
        <translation>Cordons eigener Ordner; sonst $CORDON_HOME.</translation>
    </message>
    <message>
        <source>Look of the window.</source>
        <translation>Aussehen des Fensters.</translation>
    </message>
    <message>
        <source>Language, such as de; default what was chosen before, or the desktop&apos;s.</source>
        <translation>Sprache, etwa de; sonst die zuletzt gewählte oder die des Desktops.</translation>
    </message>
    <message>
        <source>Log seconds per second in an exercise that is played; default 10.</source>
        <translation>Log-Sekunden je Sekunde in einer abgespielten Übung; sonst 10.</translation>
    </message>
    <message>
        <source>Save a picture of the window and end.</source>
        <translation>Ein Bild des Fensters sichern und enden.</translation>
    </message>
    <message>
        <source>When to take the picture; default 3000.</source>
        <translation>Wann das Bild gemacht wird; sonst 3000.</translation>
    </message>
    <message>
        <source>Size of the window.</source>
        <translation>Größe des Fensters.</translation>
    </message>
    <message>
        <source>Screen to show, 1 to 8.</source>
        <translation>Zu zeigende Ansicht, 1 bis 8.</translation>
    </message>
    <message>
        <source>%1 does not exist</source>
        <translation>%1 gibt es nicht</translation>
    </message>
    <message>
        <source>--pace is a number above 0</source>
        <translation>--pace ist eine Zahl über 0</translation>
    </message>
    <message>
        <source>--exercise from-log needs log files</source>
        <translation>--exercise from-log braucht Logdateien</translation>
    </message>
    <message>
        <source>--theme is dark, light or contrast</source>
        <translation>--theme ist dark, light oder contrast</translation>
    </message>
    <message>
        <source>Settings of the real systems that the agent acts on, under the mandate in force.</source>
        <translation>Einstellungen der echten Systeme, an denen der Agent unter dem geltenden Mandat handelt.</translation>
    </message>
    <message>
        <source>--connect and --exercise exclude each other: an exercise can never connect to a real system</source>
        <translation>--connect und --exercise schließen sich aus: eine Übung kann sich nie mit einem echten System verbinden</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::KeyDialog</name>
    <message>
        <source>Check against a key</source>
        <translation>Mit einem Schlüssel prüfen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>Öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>File with the public key</source>
        <translation>Datei mit dem öffentlichen Schlüssel</translation>
    </message>
    <message>
        <source>That file holds no public key.</source>
        <translation>Diese Datei enthält keinen öffentlichen Schlüssel.</translation>
    </message>
    <message>
        <source>Fingerprint %1</source>
        <comment>of a key</comment>
        <translation>Fingerabdruck %1</translation>
    </message>
    <message>
        <source>That is no public key: it begins with ed25519: and has 44 characters behind it.</source>
        <translation>Das ist kein öffentlicher Schlüssel: Er beginnt mit ed25519: und hat 44 Zeichen dahinter.</translation>
    </message>
    <message>
        <source>The ledger&apos;s public key, as whoever sealed the case told you on another way: ed25519:… Every byte is read again and judged by this key, whatever the file says of its own.</source>
        <translation>Der öffentliche Schlüssel des Journals, wie ihn Ihnen auf anderem Weg mitteilte, wer den Fall versiegelt hat: ed25519:… Jedes Byte wird noch einmal gelesen und nach diesem Schlüssel beurteilt, was immer die Datei von ihrem eigenen sagt.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::ListDialog</name>
    <message>
        <source>Import inventory</source>
        <translation>Inventar importieren</translation>
    </message>
    <message>
        <source>Import indicators</source>
        <translation>Indikatoren importieren</translation>
    </message>
    <message>
        <source>%1 is kept as evidence, and you sign for it. Rows that cannot be used are listed. A later list of the same name replaces it.</source>
        <translation>%1 wird als Beleg aufbewahrt, und Sie unterschreiben dafür. Zeilen, die nicht zu brauchen sind, werden aufgeführt. Eine spätere Liste desselben Namens ersetzt sie.</translation>
    </message>
    <message>
        <source>%1 is kept as evidence, and you sign for it. What was read before is searched, too. A hit alone proves no misuse.</source>
        <translation>%1 wird als Beleg aufbewahrt, und Sie unterschreiben dafür. Auch was schon gelesen ist, wird durchsucht. Ein Treffer allein beweist keinen Missbrauch.</translation>
    </message>
    <message>
        <source>Name of the list</source>
        <translation>Name der Liste</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>YYYY-MM-DD; empty: as the file says, else now</source>
        <translation>JJJJ-MM-TT; leer: wie die Datei sagt, sonst jetzt</translation>
    </message>
    <message>
        <source>True on</source>
        <translation>Stand vom</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>Good for; afterwards it warns and no longer reassures</source>
        <translation>Gültig für; danach warnt sie noch, beruhigt aber nicht mehr</translation>
    </message>
    <message>
        <source>It names every tag of these things: a tag that is not there is then a known no</source>
        <translation>Sie nennt jedes Merkmal dieser Dinge: Was dort nicht steht, gilt dann als bekanntes Nein</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>Zugangsdaten</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>Workloads</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Geheimnisse</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::ListsView</name>
    <message>
        <source>Imported lists</source>
        <translation>Importierte Listen</translation>
    </message>
    <message>
        <source>No lists yet</source>
        <translation>Noch keine Listen</translation>
    </message>
    <message>
        <source>Import an inventory, so that the agent knows owners, criticality and tags, or indicators, so that records are searched for them.</source>
        <translation>Importieren Sie ein Inventar, damit der Agent Eigentümer, Kritikalität und Merkmale kennt, oder Indikatoren, damit Datensätze danach durchsucht werden.</translation>
    </message>
    <message>
        <source>What the agent cannot touch for want of facts</source>
        <translation>Was der Agent mangels Fakten nicht anrühren kann</translation>
    </message>
    <message>
        <source>Rows that could not be used</source>
        <translation>Zeilen, die nicht zu brauchen waren</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Import inventory…</source>
        <translation>Inventar importieren…</translation>
    </message>
    <message>
        <source>Import indicators…</source>
        <translation>Indikatoren importieren…</translation>
    </message>
    <message>
        <source>Import inventory</source>
        <translation>Inventar importieren</translation>
    </message>
    <message>
        <source>Import indicators</source>
        <translation>Indikatoren importieren</translation>
    </message>
    <message>
        <source>Lists (*.csv *.json *.jsonl *.txt);;All files (*)</source>
        <translation>Listen (*.csv *.json *.jsonl *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Indicators (*.json *.csv *.txt);;All files (*)</source>
        <translation>Indikatoren (*.json *.csv *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The list was not imported: %1</source>
        <translation>Die Liste wurde nicht importiert: %1</translation>
    </message>
    <message>
        <source>What the agent cannot touch for want of facts · %1</source>
        <translation>Was der Agent mangels Fakten nicht anrühren kann · %1</translation>
    </message>
    <message numerus="yes">
        <source>%n account(s) known</source>
        <translation>
            <numerusform>%n Konto bekannt</numerusform>
            <numerusform>%n Konten bekannt</numerusform>
        </translation>
    </message>
    <message>
        <source>Rows that could not be used · %1</source>
        <translation>Zeilen, die nicht zu brauchen waren · %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::SourcesScreen</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Logs</translation>
    </message>
    <message>
        <source>Inventory and indicators</source>
        <translation>Inventar und Indikatoren</translation>
    </message>
    <message>
        <source>Real systems</source>
        <translation>Echte Systeme</translation>
    </message>
</context>
<context>
    <name>ListRows</name>
    <message>
        <source>environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>criticality</source>
        <translation>Kritikalität</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>Eigentümer</translation>
    </message>
    <message>
        <source>tags of its owner</source>
        <translation>Merkmale des Eigentümers</translation>
    </message>
    <message>
        <source>who depends on it</source>
        <translation>wer davon abhängt</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht verwendet</translation>
    </message>
    <message>
        <source>True on</source>
        <translation>Stand vom</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Names every tag of</source>
        <translation>Nennt jedes Merkmal von</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Unterschrieben von</translation>
    </message>
    <message>
        <source>—</source>
        <translation>—</translation>
    </message>
    <message>
        <source>over: it warns and no longer reassures</source>
        <translation>abgelaufen: warnt noch, beruhigt nicht mehr</translation>
    </message>
    <message>
        <source>Indicators</source>
        <translation>Indikatoren</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>Inventar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>Was es bedeutet</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>In a list</source>
        <translation>In einer Liste</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>its system did not answer</source>
        <translation>sein System hat nicht geantwortet</translation>
    </message>
    <message>
        <source>Contradictory: %1</source>
        <translation>Widersprüchlich: %1</translation>
    </message>
    <message>
        <source>cannot be touched</source>
        <translation>nicht anzurühren</translation>
    </message>
    <message>
        <source>takes more leave</source>
        <translation>braucht mehr Freigabe</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Place and reason</source>
        <translation>Stelle und Grund</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Art</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>{title}: added to the sequence as {step}: {why}</source>
        <extracomment>ledger.step.added</extracomment>
        <translation>{title}: als {step} in die Abfolge aufgenommen: {why}</translation>
    </message>
    <message>
        <source>{title}: changed by a person: {why}</source>
        <extracomment>ledger.step.changed</extracomment>
        <translation>{title}: von einer Person geändert: {why}</translation>
    </message>
    <message>
        <source>{title}: {first} comes before {second} now: {why}</source>
        <extracomment>ledger.step.moved</extracomment>
        <translation>{title}: {first} kommt jetzt vor {second}: {why}</translation>
    </message>
    <message>
        <source>{title}: back in the sequence: {why}</source>
        <extracomment>ledger.step.restored</extracomment>
        <translation>{title}: wieder in der Abfolge: {why}</translation>
    </message>
    <message>
        <source>{connector} cannot do {verb}</source>
        <extracomment>left_out.connector_cannot</extracomment>
        <translation>{connector} kann {verb} nicht</translation>
    </message>
    <message>
        <source>fits too, and says less exactly what happened here</source>
        <extracomment>left_out.less_specific</extracomment>
        <translation>passt auch, sagt aber weniger genau, was hier geschah</translation>
    </message>
    <message>
        <source>nothing in this incident that it would be for</source>
        <extracomment>left_out.nothing_found</extracomment>
        <translation>in diesem Vorfall gibt es nichts, wofür er wäre</translation>
    </message>
    <message>
        <source>another step does the same to {target}</source>
        <extracomment>left_out.same</extracomment>
        <translation>ein anderer Schritt tut dasselbe mit {target}</translation>
    </message>
    <message>
        <source>Chosen since the incident misuses or made a {what}.</source>
        <extracomment>plan.chosen</extracomment>
        <translation>Gewählt, weil im Vorfall {what} missbraucht oder angelegt wurde.</translation>
    </message>
    <message>
        <source>Chosen since the incident misuses or made a {what}, by {techniques}.</source>
        <extracomment>plan.chosen.technique</extracomment>
        <translation>Gewählt, weil im Vorfall {what} missbraucht oder angelegt wurde, durch {techniques}.</translation>
    </message>
    <message>
        <source>{verb}: {target}</source>
        <extracomment>step.by_person</extracomment>
        <translation>{verb}: {target}</translation>
    </message>
    <message>
        <source>{n|One|{n}} of {all|one address|{all} addresses} {n|was|were} new for {name}, which had come from {past|one|{past}} before.</source>
        <extracomment>story.new_addresses</extracomment>
        <translation>{n|Eine|{n}} von {all|einer Adresse|{all} Adressen} {n|war|waren} neu für {name}, das vorher von {past|einer|{past}} gekommen war.</translation>
    </message>
    <message>
        <source>{n|One indicator|{n} indicators} of {list} {n|was|were} seen in {records|one record|{records} records} (first: {first}). That alone proves no misuse.</source>
        <extracomment>story.indicators_seen</extracomment>
        <translation>{n|Ein Indikator|{n} Indikatoren} aus {list} {n|stand|standen} in {records|einem Datensatz|{records} Datensätzen} (zuerst: {first}). Das allein beweist keinen Missbrauch.</translation>
    </message>
    <message>
        <source>session {name} until {until} UTC</source>
        <extracomment>residual.session_until</extracomment>
        <translation>Sitzung {name} bis {until} UTC</translation>
    </message>
    <message>
        <source>{list}: {n|one indicator|{n} indicators} in force; {records|one earlier record holds|{records} earlier records hold} one of them</source>
        <extracomment>engine.indicators_searched</extracomment>
        <translation>{list}: {n|ein Indikator|{n} Indikatoren} in Kraft; {records|ein früherer Datensatz enthält|{records} frühere Datensätze enthalten} einen davon</translation>
    </message>
    <message>
        <source>The inventory {name} was imported: {rows} rows</source>
        <extracomment>ledger.inventory.imported</extracomment>
        <translation>Das Inventar {name} wurde importiert: {rows} Zeilen</translation>
    </message>
    <message>
        <source>The indicators {name} were imported: {rows}</source>
        <extracomment>ledger.indicators.imported</extracomment>
        <translation>Die Indikatoren {name} wurden importiert: {rows}</translation>
    </message>
    <message>
        <source>{action} on {target}</source>
        <extracomment>agent.change</extracomment>
        <translation>{action} auf {target}</translation>
    </message>
    <message>
        <source>No assistant in this version: what the mandate grants one, nobody has</source>
        <extracomment>agent.assistant.none</extracomment>
        <translation>Kein Assistent in dieser Version: was das Mandat ihm gewährt, hat niemand</translation>
    </message>
    <message>
        <source>Entry {entry} of the ledger holds what nobody signed ({why}; {count} in all): it is not obeyed, and the agent does nothing in this case</source>
        <extracomment>engine.forged_record</extracomment>
        <translation>Eintrag {entry} des Protokolls enthält, was niemand unterschrieben hat ({why}; insgesamt {count}): er wird nicht befolgt, und der Agent tut in diesem Fall nichts</translation>
    </message>
    <message>
        <source>{action} on {target}, leased for {lease}</source>
        <extracomment>agent.change.leased</extracomment>
        <translation>{action} auf {target}, befristet auf {lease}</translation>
    </message>
    <message>
        <source>Close an incident</source>
        <extracomment>agent.decide.close_incident</extracomment>
        <translation>Einen Vorfall schließen</translation>
    </message>
    <message>
        <source>Correlate and score</source>
        <extracomment>agent.decide.correlate</extracomment>
        <translation>Verknüpfen und bewerten</translation>
    </message>
    <message>
        <source>Widen the verified scope</source>
        <extracomment>agent.decide.extend_scope</extracomment>
        <translation>Den bestätigten Umfang erweitern</translation>
    </message>
    <message>
        <source>Set severity</source>
        <extracomment>agent.decide.set_severity</extracomment>
        <translation>Den Schweregrad setzen</translation>
    </message>
    <message>
        <source>{target}: {why}</source>
        <extracomment>agent.forbid</extracomment>
        <translation>{target}: {why}</translation>
    </message>
    <message>
        <source>{source}, the last {window}</source>
        <extracomment>agent.see</extracomment>
        <translation>{source}, die letzten {window}</translation>
    </message>
    <message>
        <source>{source}, the last {window}, of incident members only</source>
        <extracomment>agent.see.in_scope</extracomment>
        <translation>{source}, die letzten {window}, nur von Beteiligten des Vorfalls</translation>
    </message>
    <message>
        <source>{alerts|one alert|{alerts} alerts}, {changes|one identity change|{changes} identity changes}</source>
        <extracomment>approval.because</extracomment>
        <translation>{alerts|ein Alarm|{alerts} Alarme}, {changes|eine Identitätsänderung|{changes} Identitätsänderungen}</translation>
    </message>
    <message>
        <source>Something else was signed since; it has to be drawn up again.</source>
        <extracomment>approval.refused.act_stale</extracomment>
        <translation>Seither wurde etwas anderes unterschrieben; es muss neu aufgesetzt werden.</translation>
    </message>
    <message>
        <source>This is no act about people.</source>
        <extracomment>approval.refused.act_unreadable</extracomment>
        <translation>Das ist keine Verfügung über Personen.</translation>
    </message>
    <message>
        <source>The approval is for another action.</source>
        <extracomment>approval.refused.action_other</extracomment>
        <translation>Die Genehmigung gilt einer anderen Aktion.</translation>
    </message>
    <message>
        <source>The agent cannot approve its own actions.</source>
        <extracomment>approval.refused.agent_key</extracomment>
        <translation>Der Agent kann seine eigenen Aktionen nicht genehmigen.</translation>
    </message>
    <message>
        <source>The approval names another end of time.</source>
        <extracomment>approval.refused.approve_by_other</extracomment>
        <translation>Die Genehmigung nennt ein anderes Zeitende.</translation>
    </message>
    <message>
        <source>What the security key signed is not this decision.</source>
        <extracomment>approval.refused.assertion_bad</extracomment>
        <translation>Was der Sicherheitsschlüssel unterschrieben hat, ist nicht diese Entscheidung.</translation>
    </message>
    <message>
        <source>The security key&apos;s counter went back: the key may have been copied.</source>
        <extracomment>approval.refused.assertion_counter</extracomment>
        <translation>Der Zähler des Sicherheitsschlüssels ging zurück: der Schlüssel wurde vielleicht kopiert.</translation>
    </message>
    <message>
        <source>What the security key should have signed is missing.</source>
        <extracomment>approval.refused.assertion_missing</extracomment>
        <translation>Was der Sicherheitsschlüssel hätte unterschreiben sollen, fehlt.</translation>
    </message>
    <message>
        <source>The machine was restarted since; ask again.</source>
        <extracomment>approval.refused.boot_changed</extracomment>
        <translation>Der Rechner wurde seither neu gestartet; fragen Sie erneut.</translation>
    </message>
    <message>
        <source>The approval names another start of the machine.</source>
        <extracomment>approval.refused.boot_other</extracomment>
        <translation>Die Genehmigung nennt einen anderen Start des Rechners.</translation>
    </message>
    <message>
        <source>The clock went back since; ask again.</source>
        <extracomment>approval.refused.clock_back</extracomment>
        <translation>Die Uhr ging seither zurück; fragen Sie erneut.</translation>
    </message>
    <message>
        <source>The clock was set back, and what was signed does not say so; sign it again.</source>
        <extracomment>approval.refused.clock_set_back</extracomment>
        <translation>Die Uhr wurde zurückgestellt, und das Unterschriebene sagt das nicht; unterschreiben Sie es erneut.</translation>
    </message>
    <message>
        <source>The typed code is not the one shown.</source>
        <extracomment>approval.refused.code_wrong</extracomment>
        <translation>Der eingetippte Code ist nicht der angezeigte.</translation>
    </message>
    <message>
        <source>One of the approvers must be a commander.</source>
        <extracomment>approval.refused.commander_missing</extracomment>
        <translation>Eine der genehmigenden Personen muss zur Einsatzleitung gehören.</translation>
    </message>
    <message>
        <source>Too many wrong tries at this console; wait, or decide elsewhere.</source>
        <extracomment>approval.refused.console_locked</extracomment>
        <translation>Zu viele Fehlversuche an dieser Konsole; warten Sie, oder entscheiden Sie anderswo.</translation>
    </message>
    <message>
        <source>This action was denied; that is final.</source>
        <extracomment>approval.refused.denied_final</extracomment>
        <translation>Diese Aktion wurde abgelehnt; das ist endgültig.</translation>
    </message>
    <message>
        <source>The same was denied less than 15 minutes ago.</source>
        <extracomment>approval.refused.denied_recently</extracomment>
        <translation>Dasselbe wurde vor weniger als 15 Minuten abgelehnt.</translation>
    </message>
    <message>
        <source>The request ran out of time.</source>
        <extracomment>approval.refused.expired
----------
approval.refused.request_expired</extracomment>
        <translation>Die Zeit der Anfrage ist abgelaufen.</translation>
    </message>
    <message>
        <source>Twenty wrong tries in a row: two owners must free this person.</source>
        <extracomment>approval.refused.factor_disabled</extracomment>
        <translation>Zwanzig Fehlversuche in Folge: zwei Verantwortliche müssen diese Person freigeben.</translation>
    </message>
    <message>
        <source>A factor that the mandate asks for is missing.</source>
        <extracomment>approval.refused.factor_missing</extracomment>
        <translation>Ein Faktor, den das Mandat verlangt, fehlt.</translation>
    </message>
    <message>
        <source>This takes the person&apos;s own factors.</source>
        <extracomment>approval.refused.factors_needed</extracomment>
        <translation>Dies verlangt die eigenen Faktoren der Person.</translation>
    </message>
    <message>
        <source>The first person of an installation is an owner.</source>
        <extracomment>approval.refused.first_is_owner</extracomment>
        <translation>Die erste Person einer Installation ist verantwortlich.</translation>
    </message>
    <message>
        <source>Who edited the playbook or the mandate in this session cannot approve.</source>
        <extracomment>approval.refused.is_excluded</extracomment>
        <translation>Wer in dieser Sitzung das Playbook oder das Mandat bearbeitet hat, kann nicht genehmigen.</translation>
    </message>
    <message>
        <source>Who asked cannot approve.</source>
        <extracomment>approval.refused.is_requester</extracomment>
        <translation>Wer gefragt hat, kann nicht genehmigen.</translation>
    </message>
    <message>
        <source>The approval was not given in the request&apos;s time.</source>
        <extracomment>approval.refused.issued_outside</extracomment>
        <translation>Die Genehmigung wurde nicht in der Zeit der Anfrage gegeben.</translation>
    </message>
    <message>
        <source>The key is not the one known for that person.</source>
        <extracomment>approval.refused.key_not_pinned</extracomment>
        <translation>Der Schlüssel ist nicht der, der für diese Person bekannt ist.</translation>
    </message>
    <message>
        <source>That person&apos;s key is revoked.</source>
        <extracomment>approval.refused.key_revoked</extracomment>
        <translation>Der Schlüssel dieser Person ist widerrufen.</translation>
    </message>
    <message>
        <source>This key was somebody&apos;s before.</source>
        <extracomment>approval.refused.key_used</extracomment>
        <translation>Dieser Schlüssel gehörte schon jemandem.</translation>
    </message>
    <message>
        <source>An installation keeps one owner at least.</source>
        <extracomment>approval.refused.last_owner</extracomment>
        <translation>Eine Installation behält mindestens eine verantwortliche Person.</translation>
    </message>
    <message>
        <source>The approval names another state of the ledger.</source>
        <extracomment>approval.refused.ledger_other</extracomment>
        <translation>Die Genehmigung nennt einen anderen Stand des Journals.</translation>
    </message>
    <message>
        <source>The ledger is shorter than when this was asked.</source>
        <extracomment>approval.refused.ledger_rolled_back</extracomment>
        <translation>Das Journal ist kürzer als bei der Anfrage.</translation>
    </message>
    <message>
        <source>Too many wrong tries; wait.</source>
        <extracomment>approval.refused.locked</extracomment>
        <translation>Zu viele Fehlversuche; warten Sie.</translation>
    </message>
    <message>
        <source>This mandate breaks a rule or cannot be signed.</source>
        <extracomment>approval.refused.mandate_invalid</extracomment>
        <translation>Dieses Mandat verletzt eine Regel oder kann nicht unterschrieben werden.</translation>
    </message>
    <message>
        <source>The text has no free place for this approver.</source>
        <extracomment>approval.refused.nonce_missing</extracomment>
        <translation>Der Text hat keinen freien Platz für diese Person.</translation>
    </message>
    <message>
        <source>The approval belongs to no place of this request.</source>
        <extracomment>approval.refused.nonce_unknown</extracomment>
        <translation>Die Genehmigung gehört zu keinem Platz dieser Anfrage.</translation>
    </message>
    <message>
        <source>This approval was used already.</source>
        <extracomment>approval.refused.nonce_used</extracomment>
        <translation>Diese Genehmigung wurde schon benutzt.</translation>
    </message>
    <message>
        <source>Only an owner signs a mandate.</source>
        <extracomment>approval.refused.owner_needed</extracomment>
        <translation>Nur Verantwortliche unterschreiben ein Mandat.</translation>
    </message>
    <message>
        <source>Somebody of that name is known here, and names are not given twice.</source>
        <extracomment>approval.refused.person_known</extracomment>
        <translation>Jemand dieses Namens ist hier bekannt, und Namen werden nicht zweimal vergeben.</translation>
    </message>
    <message>
        <source>That person is not known here.</source>
        <extracomment>approval.refused.person_unknown</extracomment>
        <translation>Diese Person ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>The second PIN is another one.</source>
        <extracomment>approval.refused.pin_differs</extracomment>
        <translation>Die zweite PIN ist eine andere.</translation>
    </message>
    <message>
        <source>No PIN was given.</source>
        <extracomment>approval.refused.pin_missing</extracomment>
        <translation>Es wurde keine PIN angegeben.</translation>
    </message>
    <message>
        <source>A PIN has six characters or more.</source>
        <extracomment>approval.refused.pin_short</extracomment>
        <translation>Eine PIN hat sechs Zeichen oder mehr.</translation>
    </message>
    <message>
        <source>This PIN is among the first that anybody tries.</source>
        <extracomment>approval.refused.pin_weak</extracomment>
        <translation>Diese PIN gehört zu den ersten, die jeder probiert.</translation>
    </message>
    <message>
        <source>The PIN is not good.</source>
        <extracomment>approval.refused.pin_wrong</extracomment>
        <translation>Die PIN stimmt nicht.</translation>
    </message>
    <message>
        <source>The sitting is over; sign in again.</source>
        <extracomment>approval.refused.presence_ended</extracomment>
        <translation>Die Anmeldung ist zu Ende; melden Sie sich wieder an.</translation>
    </message>
    <message>
        <source>A denial needs a reason.</source>
        <extracomment>approval.refused.reason_missing</extracomment>
        <translation>Eine Ablehnung braucht eine Begründung.</translation>
    </message>
    <message>
        <source>The reason is too long.</source>
        <extracomment>approval.refused.reason_too_long</extracomment>
        <translation>Die Begründung ist zu lang.</translation>
    </message>
    <message>
        <source>The approval was given for another text.</source>
        <extracomment>approval.refused.render_other</extracomment>
        <translation>Die Genehmigung wurde zu einem anderen Text gegeben.</translation>
    </message>
    <message>
        <source>The reply cannot be read.</source>
        <extracomment>approval.refused.reply_unreadable</extracomment>
        <translation>Die Antwort kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The request has all its approvals already.</source>
        <extracomment>approval.refused.request_approved</extracomment>
        <translation>Die Anfrage hat schon alle Genehmigungen.</translation>
    </message>
    <message>
        <source>The request has been used.</source>
        <extracomment>approval.refused.request_consumed</extracomment>
        <translation>Die Anfrage ist verbraucht.</translation>
    </message>
    <message>
        <source>The request was denied.</source>
        <extracomment>approval.refused.request_denied</extracomment>
        <translation>Die Anfrage wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The request does not agree with itself.</source>
        <extracomment>approval.refused.request_invalid</extracomment>
        <translation>Die Anfrage widerspricht sich selbst.</translation>
    </message>
    <message>
        <source>No such request was ever made here.</source>
        <extracomment>approval.refused.request_unknown</extracomment>
        <translation>Eine solche Anfrage wurde hier nie gestellt.</translation>
    </message>
    <message>
        <source>The request is not signed by this installation&apos;s agent.</source>
        <extracomment>approval.refused.request_untrusted</extracomment>
        <translation>Die Anfrage ist nicht vom Agenten dieser Installation unterschrieben.</translation>
    </message>
    <message>
        <source>the machine was started anew</source>
        <extracomment>approval.void.boot_changed</extracomment>
        <translation>die Maschine wurde neu gestartet</translation>
    </message>
    <message>
        <source>the machine&apos;s clock went back</source>
        <extracomment>approval.void.clock_back</extracomment>
        <translation>die Uhr der Maschine ging zurück</translation>
    </message>
    <message>
        <source>the machine&apos;s clock leapt ahead</source>
        <extracomment>approval.void.clock_ahead</extracomment>
        <translation>die Uhr der Maschine sprang voraus</translation>
    </message>
    <message>
        <source>what is known of the target changed</source>
        <extracomment>approval.void.facts_changed</extracomment>
        <translation>was über das Ziel bekannt ist, hat sich geändert</translation>
    </message>
    <message>
        <source>the agent was halted</source>
        <extracomment>approval.void.halted</extracomment>
        <translation>der Agent wurde angehalten</translation>
    </message>
    <message>
        <source>its incident went into another one, which asks anew</source>
        <extracomment>approval.void.incident_merged</extracomment>
        <translation>ihr Vorfall ging in einem anderen auf, der neu anfragt</translation>
    </message>
    <message>
        <source>people arranged incidents, and this one wants it no more</source>
        <extracomment>approval.void.incident_arranged</extracomment>
        <translation>Personen haben die Vorfälle geordnet, und dieser will es nicht mehr</translation>
    </message>
    <message>
        <source>an approver&apos;s key no longer counts</source>
        <extracomment>approval.void.key_revoked</extracomment>
        <translation>der Schlüssel eines Genehmigenden zählt nicht mehr</translation>
    </message>
    <message>
        <source>another mandate came in force</source>
        <extracomment>approval.void.mandate_changed</extracomment>
        <translation>ein anderes Mandat trat in Kraft</translation>
    </message>
    <message>
        <source>the target left the incident</source>
        <extracomment>approval.void.membership_changed</extracomment>
        <translation>das Ziel gehört nicht mehr zum Vorfall</translation>
    </message>
    <message>
        <source>the agent&apos;s session ended</source>
        <extracomment>approval.void.session_ended</extracomment>
        <translation>die Sitzung des Agenten endete</translation>
    </message>
    <message>
        <source>an approval in the record bears no signature that holds</source>
        <extracomment>approval.void.signature_bad</extracomment>
        <translation>eine Genehmigung im Protokoll trägt keine gültige Unterschrift</translation>
    </message>
    <message>
        <source>an approver lost a role or training</source>
        <extracomment>approval.void.standing_reduced</extracomment>
        <translation>ein Genehmigender verlor eine Rolle oder Schulung</translation>
    </message>
    <message>
        <source>people left the step out or did it themselves</source>
        <extracomment>approval.void.step_settled</extracomment>
        <translation>der Schritt wurde ausgelassen oder von Menschen selbst getan</translation>
    </message>
    <message>
        <source>{request} became void: {why}</source>
        <extracomment>ledger.approval.ended.void
----------
ledger.approval.void</extracomment>
        <translation>{request} wurde ungültig: {why}</translation>
    </message>
    <message>
        <source>Taking back “{title}”: {effect} ({clauses})</source>
        <extracomment>ledger.decision.undo</extracomment>
        <translation>„{title}“ zurücknehmen: {effect} ({clauses})</translation>
    </message>
    <message>
        <source>Taking back “{title}”: begun</source>
        <extracomment>ledger.action.intended.undo</extracomment>
        <translation>„{title}“ zurücknehmen: begonnen</translation>
    </message>
    <message>
        <source>“{title}” was taken back, and read back so</source>
        <extracomment>ledger.outcome.verified.undo</extracomment>
        <translation>„{title}“ wurde zurückgenommen und so zurückgelesen</translation>
    </message>
    <message>
        <source>“{title}” was not taken back: it stands</source>
        <extracomment>ledger.outcome.failed.undo</extracomment>
        <translation>„{title}“ wurde nicht zurückgenommen: es gilt weiter</translation>
    </message>
    <message>
        <source>Taking back “{title}”: outcome unknown</source>
        <extracomment>ledger.outcome.unknown.undo</extracomment>
        <translation>„{title}“ zurücknehmen: Ergebnis unbekannt</translation>
    </message>
    <message>
        <source>The request does not count any more.</source>
        <extracomment>approval.refused.request_void</extracomment>
        <translation>Die Anfrage zählt nicht mehr.</translation>
    </message>
    <message>
        <source>The approval names another requester.</source>
        <extracomment>approval.refused.requester_other</extracomment>
        <translation>Die Genehmigung nennt einen anderen Antragsteller.</translation>
    </message>
    <message>
        <source>Only an analyst or a commander decides.</source>
        <extracomment>approval.refused.role_missing</extracomment>
        <translation>Nur Analysten oder die Einsatzleitung entscheiden.</translation>
    </message>
    <message>
        <source>This key has approved already; another person is needed.</source>
        <extracomment>approval.refused.same_key</extracomment>
        <translation>Dieser Schlüssel hat schon genehmigt; eine andere Person ist nötig.</translation>
    </message>
    <message>
        <source>This person has approved already; another is needed.</source>
        <extracomment>approval.refused.same_person</extracomment>
        <translation>Diese Person hat schon genehmigt; eine andere ist nötig.</translation>
    </message>
    <message>
        <source>The security key did not answer.</source>
        <extracomment>approval.refused.security_key_failed</extracomment>
        <translation>Der Sicherheitsschlüssel hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>The security key is not there, or is not one of this person&apos;s.</source>
        <extracomment>approval.refused.security_key_missing</extracomment>
        <translation>Der Sicherheitsschlüssel ist nicht da oder gehört nicht dieser Person.</translation>
    </message>
    <message>
        <source>The security key refused its PIN or finger.</source>
        <extracomment>approval.refused.security_key_refused</extracomment>
        <translation>Der Sicherheitsschlüssel hat seine PIN oder den Finger abgelehnt.</translation>
    </message>
    <message>
        <source>This security key is not enrolled for this person.</source>
        <extracomment>approval.refused.security_key_unknown</extracomment>
        <translation>Dieser Sicherheitsschlüssel ist nicht für diese Person eingetragen.</translation>
    </message>
    <message>
        <source>The approval is for another session.</source>
        <extracomment>approval.refused.session_other</extracomment>
        <translation>Die Genehmigung gilt einer anderen Sitzung.</translation>
    </message>
    <message>
        <source>The signature is not good.</source>
        <extracomment>approval.refused.signature_bad</extracomment>
        <translation>Die Unterschrift stimmt nicht.</translation>
    </message>
    <message>
        <source>Not enough people signed.</source>
        <extracomment>approval.refused.signature_missing</extracomment>
        <translation>Es haben nicht genug Personen unterschrieben.</translation>
    </message>
    <message>
        <source>The typed target is not the one shown.</source>
        <extracomment>approval.refused.target_wrong</extracomment>
        <translation>Das eingetippte Ziel ist nicht das angezeigte.</translation>
    </message>
    <message>
        <source>The approval is for another tier.</source>
        <extracomment>approval.refused.tier_other</extracomment>
        <translation>Die Genehmigung gilt einer anderen Stufe.</translation>
    </message>
    <message>
        <source>The authenticator code is missing.</source>
        <extracomment>approval.refused.totp_missing</extracomment>
        <translation>Der Authenticator-Code fehlt.</translation>
    </message>
    <message>
        <source>This authenticator code was used already; wait for the next.</source>
        <extracomment>approval.refused.totp_reused</extracomment>
        <translation>Dieser Authenticator-Code wurde schon benutzt; warten Sie auf den nächsten.</translation>
    </message>
    <message>
        <source>The authenticator code is not good.</source>
        <extracomment>approval.refused.totp_wrong</extracomment>
        <translation>Der Authenticator-Code stimmt nicht.</translation>
    </message>
    <message>
        <source>This person&apos;s training has run out.</source>
        <extracomment>approval.refused.training_expired</extracomment>
        <translation>Die Schulung dieser Person ist abgelaufen.</translation>
    </message>
    <message>
        <source>This person&apos;s vault cannot be read.</source>
        <extracomment>approval.refused.vault_unreadable</extracomment>
        <translation>Der Tresor dieser Person kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>approved</source>
        <extracomment>approval.state.approved</extracomment>
        <translation>genehmigt</translation>
    </message>
    <message>
        <source>used</source>
        <extracomment>approval.state.consumed
----------
link.used</extracomment>
        <translation>benutzt</translation>
    </message>
    <message>
        <source>denied</source>
        <extracomment>approval.state.denied</extracomment>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>ran out of time</source>
        <extracomment>approval.state.expired</extracomment>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>void</source>
        <extracomment>approval.state.void</extracomment>
        <translation>hinfällig</translation>
    </message>
    <message>
        <source>{value} for the first time, after {events} calls in {days} days (a new action came once in {one_in} calls lately)</source>
        <extracomment>baseline.new_action</extracomment>
        <translation>{value} zum ersten Mal, nach {events} Aufrufen in {days} Tagen (zuletzt kam auf {one_in} Aufrufe eine neue Aktion)</translation>
    </message>
    <message>
        <source>with client {value} for the first time, after {events} calls in {days} days (a new client came once in {one_in} calls lately)</source>
        <extracomment>baseline.new_client</extracomment>
        <translation>mit dem Programm {value} zum ersten Mal, nach {events} Aufrufen in {days} Tagen (zuletzt kam auf {one_in} Aufrufe ein neues Programm)</translation>
    </message>
    <message>
        <source>from network {value} for the first time, after {events} calls in {days} days (a new network came once in {one_in} calls lately)</source>
        <extracomment>baseline.new_network</extracomment>
        <translation>aus dem Netz {value} zum ersten Mal, nach {events} Aufrufen in {days} Tagen (zuletzt kam auf {one_in} Aufrufe ein neues Netz)</translation>
    </message>
    <message>
        <source>in {value} for the first time, after {events} calls in {days} days (a new region came once in {one_in} calls lately)</source>
        <extracomment>baseline.new_region</extracomment>
        <translation>in {value} zum ersten Mal, nach {events} Aufrufen in {days} Tagen (zuletzt kam auf {one_in} Aufrufe eine neue Region)</translation>
    </message>
    <message>
        <source>{value} used for the first time, after {events} calls in {days} days (a new service came once in {one_in} calls lately)</source>
        <extracomment>baseline.new_service</extracomment>
        <translation>{value} zum ersten Mal benutzt, nach {events} Aufrufen in {days} Tagen (zuletzt kam auf {one_in} Aufrufe ein neuer Dienst)</translation>
    </message>
    <message>
        <source>Identity change: {actor} activated {what} on {time}.</source>
        <extracomment>change.activated</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} eingeschaltet.</translation>
    </message>
    <message>
        <source>Identity change: {actor} activated {what} of {subject} on {time}.</source>
        <extracomment>change.activated_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} von {subject} am {time} eingeschaltet.</translation>
    </message>
    <message>
        <source>Identity change: {actor} assumed {what} on {time}.</source>
        <extracomment>change.assumed</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} angenommen.</translation>
    </message>
    <message>
        <source>Identity change: {actor} assumed {what} as {subject} on {time}.</source>
        <extracomment>change.assumed_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} als {subject} am {time} angenommen.</translation>
    </message>
    <message>
        <source>Identity change: {actor} attached {what} on {time}.</source>
        <extracomment>change.attached</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} angehängt.</translation>
    </message>
    <message>
        <source>Identity change: {actor} attached {what} to {subject} on {time}.</source>
        <extracomment>change.attached_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} an {subject} angehängt.</translation>
    </message>
    <message>
        <source>Identity change: {actor} made {what} on {time}.</source>
        <extracomment>change.created</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} angelegt.</translation>
    </message>
    <message>
        <source>Identity change: {actor} made {what} for {subject} on {time}.</source>
        <extracomment>change.created_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} für {subject} am {time} angelegt.</translation>
    </message>
    <message>
        <source>Identity change: {actor} gave {subject} a password on {time}.</source>
        <extracomment>change.password_set</extracomment>
        <translation>Identitätsänderung: {actor} hat {subject} am {time} ein Passwort gegeben.</translation>
    </message>
    <message>
        <source>Identity change: {actor} changed the password of {subject} on {time}.</source>
        <extracomment>change.password_changed</extracomment>
        <translation>Identitätsänderung: {actor} hat das Passwort von {subject} am {time} geändert.</translation>
    </message>
    <message>
        <source>Identity change: {actor} deleted the password of {subject} on {time}.</source>
        <extracomment>change.password_deleted</extracomment>
        <translation>Identitätsänderung: {actor} hat das Passwort von {subject} am {time} gelöscht.</translation>
    </message>
    <message>
        <source>Identity change: {actor} deactivated {what} on {time}.</source>
        <extracomment>change.deactivated</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} abgeschaltet.</translation>
    </message>
    <message>
        <source>Identity change: {actor} deactivated {what} of {subject} on {time}.</source>
        <extracomment>change.deactivated_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} von {subject} am {time} abgeschaltet.</translation>
    </message>
    <message>
        <source>Identity change: {actor} deleted {what} on {time}.</source>
        <extracomment>change.deleted</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} gelöscht.</translation>
    </message>
    <message>
        <source>Identity change: {actor} deleted {what} of {subject} on {time}.</source>
        <extracomment>change.deleted_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} von {subject} am {time} gelöscht.</translation>
    </message>
    <message>
        <source>Identity change refused: {actor} called {action} on {what} on {time}.</source>
        <extracomment>change.denied</extracomment>
        <translation>Identitätsänderung verweigert: {actor} hat {action} auf {what} am {time} aufgerufen.</translation>
    </message>
    <message>
        <source>Identity change: {actor} detached {what} on {time}.</source>
        <extracomment>change.detached</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} abgelöst.</translation>
    </message>
    <message>
        <source>Identity change: {actor} detached {what} from {subject} on {time}.</source>
        <extracomment>change.detached_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} von {subject} abgelöst.</translation>
    </message>
    <message>
        <source>Identity change failed ({error}): {actor} called {action} on {what} on {time}.</source>
        <extracomment>change.failed</extracomment>
        <translation>Identitätsänderung fehlgeschlagen ({error}): {actor} hat {action} auf {what} am {time} aufgerufen.</translation>
    </message>
    <message>
        <source>Identity change: {actor} gave rights to {what} on {time}.</source>
        <extracomment>change.granted</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} Rechte gegeben.</translation>
    </message>
    <message>
        <source>Identity change: {actor} gave {what} to {subject} on {time}.</source>
        <extracomment>change.granted_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {subject} am {time} {what} gegeben.</translation>
    </message>
    <message>
        <source>Identity change: {actor} called {action} on {what} on {time}.</source>
        <extracomment>change.other</extracomment>
        <translation>Identitätsänderung: {actor} hat {action} auf {what} am {time} aufgerufen.</translation>
    </message>
    <message>
        <source>Identity change: {actor} called {action} on {time}.</source>
        <extracomment>change.other_alone</extracomment>
        <translation>Identitätsänderung: {actor} hat {action} am {time} aufgerufen.</translation>
    </message>
    <message>
        <source>Identity change: {actor} shared {what} on {time}.</source>
        <extracomment>change.shared</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} geteilt.</translation>
    </message>
    <message>
        <source>Identity change: {actor} shared {what} with {subject} on {time}.</source>
        <extracomment>change.shared_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} mit {subject} geteilt.</translation>
    </message>
    <message>
        <source>Identity change: {actor} changed {what} on {time}.</source>
        <extracomment>change.updated</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} am {time} geändert.</translation>
    </message>
    <message>
        <source>Identity change: {actor} changed {what} of {subject} on {time}.</source>
        <extracomment>change.updated_for</extracomment>
        <translation>Identitätsänderung: {actor} hat {what} von {subject} am {time} geändert.</translation>
    </message>
    <message>
        <source>what depends on it</source>
        <extracomment>check.blast_radius</extracomment>
        <translation>was davon abhängt</translation>
    </message>
    <message>
        <source>change record open</source>
        <extracomment>check.change_record</extracomment>
        <translation>Änderungsvermerk offen</translation>
    </message>
    <message>
        <source>evidence preserved</source>
        <extracomment>check.evidence_preserved</extracomment>
        <translation>Beweise gesichert</translation>
    </message>
    <message>
        <source>way back tried</source>
        <extracomment>check.rollback_dry_run</extracomment>
        <translation>Rückweg erprobt</translation>
    </message>
    <message>
        <source>Goals come from signed mandate and playbook; text out of logs never becomes an instruction</source>
        <extracomment>control.asi01</extracomment>
        <translation>Ziele kommen aus unterschriebenem Mandat und Playbook; Text aus Logs wird nie zur Anweisung</translation>
    </message>
    <message>
        <source>Every action is judged first by the gate, with its exact target and parameters; clauses decide</source>
        <extracomment>control.asi02</extracomment>
        <translation>Jede Aktion beurteilt zuerst das Gate, mit genauem Ziel und Parametern; Klauseln entscheiden</translation>
    </message>
    <message>
        <source>The agent has an identity of its own; a permit fits one action and works once</source>
        <extracomment>control.asi03</extracomment>
        <translation>Der Agent hat eine eigene Identität; eine Erlaubnis passt zu einer Aktion und wirkt einmal</translation>
    </message>
    <message>
        <source>Mandates are signed by their owners and named in the ledger by digest</source>
        <extracomment>control.asi04</extracomment>
        <translation>Mandate sind von ihren Verantwortlichen unterschrieben und im Journal mit Prüfsumme genannt</translation>
    </message>
    <message>
        <source>Nothing from data is run: no shell, no loaded code, programs started with lists of arguments only</source>
        <extracomment>control.asi05</extracomment>
        <translation>Nichts aus Daten wird ausgeführt: keine Shell, kein geladener Code, Programme nur mit Argumentlisten</translation>
    </message>
    <message>
        <source>What one log says alone verifies nothing; the scope is verified anew by a second source</source>
        <extracomment>control.asi06</extracomment>
        <translation>Was ein Log allein sagt, bestätigt nichts; der Umfang wird durch eine zweite Quelle neu bestätigt</translation>
    </message>
    <message>
        <source>Replies and commands are signed, fit one request and are taken once; others are refused</source>
        <extracomment>control.asi07</extracomment>
        <translation>Antworten und Befehle sind unterschrieben, passen zu einer Anfrage und gelten einmal; andere werden abgelehnt</translation>
    </message>
    <message>
        <source>Limits are reserved before acting; two failures in a row pause; nothing is repeated blindly</source>
        <extracomment>control.asi08</extracomment>
        <translation>Grenzen werden vor dem Handeln belegt; zwei Fehlschläge in Folge unterbrechen; nichts wird blind wiederholt</translation>
    </message>
    <message>
        <source>Approvals are asked with a text made from the bytes that will run, in a program of its own</source>
        <extracomment>control.asi09</extracomment>
        <translation>Genehmigungen werden mit einem Text aus den Bytes erbeten, die laufen werden, in einem eigenen Programm</translation>
    </message>
    <message>
        <source>Halt from everywhere at once; only people resume</source>
        <extracomment>control.asi10</extracomment>
        <translation>Anhalten von überall und sofort; nur Menschen setzen fort</translation>
    </message>
    <message>
        <source>The mandate names an accountable owner and a deputy</source>
        <extracomment>control.govern21</extracomment>
        <translation>Das Mandat nennt eine verantwortliche Person und eine Stellvertretung</translation>
    </message>
    <message>
        <source>Who approves must be trained; an expired training counts from Disruptive on</source>
        <extracomment>control.govern22</extracomment>
        <translation>Wer genehmigt, muss geschult sein; eine abgelaufene Schulung zählt ab Störend</translation>
    </message>
    <message>
        <source>Owners sign the mandate before it is in force</source>
        <extracomment>control.govern23</extracomment>
        <translation>Verantwortliche unterschreiben das Mandat, bevor es gilt</translation>
    </message>
    <message>
        <source>Each decision says who proposed it and which clause or person decided</source>
        <extracomment>control.govern32</extracomment>
        <translation>Jede Entscheidung sagt, wer sie vorschlug und welche Klausel oder Person entschied</translation>
    </message>
    <message>
        <source>No language model decides anything</source>
        <extracomment>control.maestro1</extracomment>
        <translation>Kein Sprachmodell entscheidet etwas</translation>
    </message>
    <message>
        <source>All evidence is sealed by digest as it is read</source>
        <extracomment>control.maestro2</extracomment>
        <translation>Alle Beweise werden beim Lesen mit Prüfsumme versiegelt</translation>
    </message>
    <message>
        <source>The mandate alone decides what the agent may do</source>
        <extracomment>control.maestro3</extracomment>
        <translation>Das Mandat allein entscheidet, was der Agent darf</translation>
    </message>
    <message>
        <source>No listening port; programs of their own for keys</source>
        <extracomment>control.maestro4</extracomment>
        <translation>Kein offener Port; eigene Programme für Schlüssel</translation>
    </message>
    <message>
        <source>A chained, signed ledger shows what was taken out or changed</source>
        <extracomment>control.maestro5</extracomment>
        <translation>Ein verkettetes, unterschriebenes Journal zeigt, was entfernt oder geändert wurde</translation>
    </message>
    <message>
        <source>Another mandate ends the sessions begun under the one before</source>
        <extracomment>control.maestro6</extracomment>
        <translation>Ein anderes Mandat beendet die Sitzungen unter dem vorigen</translation>
    </message>
    <message>
        <source>Approvers are named, and each request names what it is about</source>
        <extracomment>control.maestro7</extracomment>
        <translation>Genehmigende sind benannt, und jede Anfrage nennt, worum es geht</translation>
    </message>
    <message>
        <source>Halting and drills are recorded</source>
        <extracomment>control.manage24</extracomment>
        <translation>Anhalten und Halteübungen werden festgehalten</translation>
    </message>
    <message>
        <source>A session ends with all its permits</source>
        <extracomment>control.nhi1</extracomment>
        <translation>Eine Sitzung endet mit allen ihren Erlaubnissen</translation>
    </message>
    <message>
        <source>People sign as themselves; the agent&apos;s key signs no approval</source>
        <extracomment>control.nhi10</extracomment>
        <translation>Menschen unterschreiben als sie selbst; der Schlüssel des Agenten unterschreibt keine Genehmigung</translation>
    </message>
    <message>
        <source>Secrets and factors stay out of ledger, log and console</source>
        <extracomment>control.nhi2</extracomment>
        <translation>Geheimnisse und Faktoren bleiben aus Journal, Log und Konsole heraus</translation>
    </message>
    <message>
        <source>A connector gets leave for one action at a time, for at most five minutes</source>
        <extracomment>control.nhi3</extracomment>
        <translation>Ein Konnektor bekommt Erlaubnis für eine Aktion auf einmal, für höchstens fünf Minuten</translation>
    </message>
    <message>
        <source>Decisions of people are signed with keys that the ledger names; nothing unsigned counts</source>
        <extracomment>control.nhi4</extracomment>
        <translation>Entscheidungen von Menschen sind mit Schlüsseln unterschrieben, die das Journal nennt; nichts Ununterschriebenes zählt</translation>
    </message>
    <message>
        <source>What no clause permits is refused; what is never used can be listed</source>
        <extracomment>control.nhi5</extracomment>
        <translation>Was keine Klausel erlaubt, wird abgelehnt; was nie benutzt wird, lässt sich auflisten</translation>
    </message>
    <message>
        <source>A connector has to name its tenant and environment exactly</source>
        <extracomment>control.nhi6</extracomment>
        <translation>Ein Konnektor muss Mandant und Umgebung genau nennen</translation>
    </message>
    <message>
        <source>Sessions, mandates and permits all run out</source>
        <extracomment>control.nhi7</extracomment>
        <translation>Sitzungen, Mandate und Erlaubnisse laufen alle ab</translation>
    </message>
    <message>
        <source>A mandate is for one environment; targets of another are refused by G4</source>
        <extracomment>control.nhi8</extracomment>
        <translation>Ein Mandat gilt für eine Umgebung; Ziele einer anderen lehnt G4 ab</translation>
    </message>
    <message>
        <source>One live process for each agent key</source>
        <extracomment>control.nhi9</extracomment>
        <translation>Ein lebender Prozess je Schlüssel des Agenten</translation>
    </message>
    <message>
        <source>Halting has to be practised again within 14 days: cordonctl halt --drill</source>
        <extracomment>drill.due_soon</extracomment>
        <translation>Das Anhalten muss innerhalb von 14 Tagen wieder geübt werden: cordonctl halt --drill</translation>
    </message>
    <message>
        <source>Halting was not practised in the last 90 days: cordonctl halt --drill</source>
        <extracomment>drill.overdue</extracomment>
        <translation>Das Anhalten wurde in den letzten 90 Tagen nicht geübt: cordonctl halt --drill</translation>
    </message>
    <message>
        <source>allowed</source>
        <extracomment>effect.allow</extracomment>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>refused</source>
        <extracomment>effect.deny</extracomment>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>waits for people</source>
        <extracomment>effect.hold</extracomment>
        <translation>wartet auf Menschen</translation>
    </message>
    <message>
        <source>waits for an earlier step</source>
        <extracomment>effect.hold.step</extracomment>
        <translation>wartet auf einen früheren Schritt</translation>
    </message>
    <message>
        <source>waits for an earlier step, then for people</source>
        <extracomment>effect.hold.step_then_people</extracomment>
        <translation>wartet auf einen früheren Schritt, dann auf Menschen</translation>
    </message>
    <message>
        <source>{request} still waits, until {until}: now for {to}</source>
        <extracomment>engine.approval_escalated</extracomment>
        <translation>{request} wartet noch, bis {until}: jetzt auf {to}</translation>
    </message>
    <message>
        <source>{person} approves very fast, or everything: {owner} should know</source>
        <extracomment>engine.approver_tired</extracomment>
        <translation>{person} genehmigt sehr schnell oder alles: {owner} sollte es wissen</translation>
    </message>
    <message>
        <source>The machine was restarted or its clock jumped ({why}): open requests are void, and only observing goes on until somebody signs in again</source>
        <extracomment>engine.clock_distrusted</extracomment>
        <translation>Der Rechner wurde neu gestartet oder seine Uhr sprang ({why}): offene Anfragen sind hinfällig, und es wird nur beobachtet, bis sich wieder jemand anmeldet</translation>
    </message>
    <message>
        <source>That could not be done: {why}</source>
        <extracomment>engine.command_refused</extracomment>
        <translation>Das ging nicht: {why}</translation>
    </message>
    <message>
        <source>The console that holds this case refused it: {why}</source>
        <extracomment>engine.inbox_refused</extracomment>
        <translation>Die Konsole, die diesen Fall hält, hat es abgelehnt: {why}</translation>
    </message>
    <message>
        <source>The console that holds this case did it.</source>
        <extracomment>engine.inbox_taken</extracomment>
        <translation>Die Konsole, die diesen Fall hält, hat es getan.</translation>
    </message>
    <message>
        <source>{incident} could not be worked on: {why}</source>
        <extracomment>engine.incident_failed</extracomment>
        <translation>An {incident} konnte nicht gearbeitet werden: {why}</translation>
    </message>
    <message>
        <source>Left for the console that holds this case.</source>
        <extracomment>engine.left_in_inbox</extracomment>
        <translation>Hinterlegt für die Konsole, die diesen Fall hält.</translation>
    </message>
    <message>
        <source>The agent&apos;s key is closed, so it proposes and does not act ({why})</source>
        <extracomment>engine.agent_closed</extracomment>
        <translation>Der Schlüssel des Agenten ist verschlossen; er schlägt vor und handelt nicht ({why})</translation>
    </message>
    <message>
        <source>The agent&apos;s key {key} is open</source>
        <extracomment>engine.agent_present</extracomment>
        <translation>Der Schlüssel {key} des Agenten ist offen</translation>
    </message>
    <message>
        <source>The engine stopped: {why}</source>
        <extracomment>engine.problem</extracomment>
        <translation>Die Engine ist stehen geblieben: {why}</translation>
    </message>
    <message>
        <source>This case is sealed. It can be read and verified; nothing in it can be changed.</source>
        <extracomment>engine.sealed</extracomment>
        <translation>Dieser Fall ist versiegelt. Er kann gelesen und geprüft werden; nichts darin lässt sich ändern.</translation>
    </message>
    <message>
        <source>Another console still holds this case.</source>
        <extracomment>engine.still_held</extracomment>
        <translation>Eine andere Konsole hält diesen Fall noch.</translation>
    </message>
    <message>
        <source>Nothing was done: it was not signed by anybody.</source>
        <extracomment>engine.unsigned</extracomment>
        <translation>Nichts wurde getan: niemand hat es unterschrieben.</translation>
    </message>
    <message>
        <source>The mandate is for another agent than {agent}.</source>
        <extracomment>gate.agent.other</extracomment>
        <translation>Das Mandat gilt einem anderen Agenten als {agent}.</translation>
    </message>
    <message>
        <source>{person} denied exactly this action.</source>
        <extracomment>gate.approval.denied</extracomment>
        <translation>{person} hat genau diese Aktion abgelehnt.</translation>
    </message>
    <message>
        <source>{have} of {need} approvals.</source>
        <extracomment>gate.approval.needed</extracomment>
        <translation>{have} von {need} Genehmigungen.</translation>
    </message>
    <message>
        <source>The approvals came, but the time to act on them has passed.</source>
        <extracomment>gate.approval.too_late</extracomment>
        <translation>Die Genehmigungen kamen, aber die Zeit, danach zu handeln, ist vorbei.</translation>
    </message>
    <message>
        <source>The clock cannot be trusted.</source>
        <extracomment>gate.clock.insane</extracomment>
        <translation>Der Uhr ist nicht zu trauen.</translation>
    </message>
    <message>
        <source>After a restart or a clock that went back, a person must sign in first.</source>
        <extracomment>gate.clock.reauthenticate</extracomment>
        <translation>Nach einem Neustart oder einer zurückgestellten Uhr muss sich zuerst eine Person anmelden.</translation>
    </message>
    <message>
        <source>The connector is in environment {environment}; the mandate is for {wanted}.</source>
        <extracomment>gate.environment.connector</extracomment>
        <translation>Der Konnektor ist in der Umgebung {environment}; das Mandat gilt für {wanted}.</translation>
    </message>
    <message>
        <source>{target} is in environment {environment}; the mandate is for {wanted}.</source>
        <extracomment>gate.environment.target</extracomment>
        <translation>{target} ist in der Umgebung {environment}; das Mandat gilt für {wanted}.</translation>
    </message>
    <message>
        <source>Nobody could say in which environment {target} is.</source>
        <extracomment>gate.environment.unknown</extracomment>
        <translation>Niemand konnte sagen, in welcher Umgebung {target} ist.</translation>
    </message>
    <message>
        <source>Evidence is never overwritten.</source>
        <extracomment>gate.forbid.evidence</extracomment>
        <translation>Beweise werden nie überschrieben.</translation>
    </message>
    <message>
        <source>{clause} forbids it for {subject}: {why}.</source>
        <extracomment>gate.forbid.matches</extracomment>
        <translation>{clause} verbietet es für {subject}: {why}.</translation>
    </message>
    <message>
        <source>The ledger and the mandate are out of the agent&apos;s reach.</source>
        <extracomment>gate.forbid.protected</extracomment>
        <translation>Journal und Mandat sind für den Agenten unerreichbar.</translation>
    </message>
    <message>
        <source>The agent may not touch its own identity or key (known: {known}).</source>
        <extracomment>gate.forbid.self</extracomment>
        <translation>Der Agent darf seine eigene Identität und seinen Schlüssel nicht berühren (bekannt: {known}).</translation>
    </message>
    <message>
        <source>{clause} may forbid it for {subject}: nobody could say, so it does. {why}.</source>
        <extracomment>gate.forbid.unknown</extracomment>
        <translation>{clause} verbietet es vielleicht für {subject}: niemand konnte es sagen, also gilt es. {why}.</translation>
    </message>
    <message>
        <source>The action has no canonical form: {problem}.</source>
        <extracomment>gate.form.canonical</extracomment>
        <translation>Die Aktion hat keine genaue Form: {problem}.</translation>
    </message>
    <message>
        <source>The action is for another connector ({connector}, tenant {tenant}).</source>
        <extracomment>gate.form.connector</extracomment>
        <translation>Die Aktion gilt einem anderen Konnektor ({connector}, Mandant {tenant}).</translation>
    </message>
    <message>
        <source>The state that the target is expected in is missing.</source>
        <extracomment>gate.form.expected_state</extracomment>
        <translation>Der Zustand, in dem das Ziel erwartet wird, fehlt.</translation>
    </message>
    <message>
        <source>The identifier given for {what} is refused ({problem}).</source>
        <extracomment>gate.form.identifier</extracomment>
        <translation>Der Bezeichner für {what} wird abgelehnt ({problem}).</translation>
    </message>
    <message>
        <source>{rollback} is not how this action is undone.</source>
        <extracomment>gate.form.rollback</extracomment>
        <translation>{rollback} ist nicht der Weg, diese Aktion zurückzunehmen.</translation>
    </message>
    <message>
        <source>The request for {verb} has the wrong form: {problem}.</source>
        <extracomment>gate.form.schema</extracomment>
        <translation>Der Auftrag für {verb} hat die falsche Form: {problem}.</translation>
    </message>
    <message>
        <source>What is known of {target} is too old ({asked}).</source>
        <extracomment>gate.form.stale</extracomment>
        <translation>Was über {target} bekannt ist, ist zu alt ({asked}).</translation>
    </message>
    <message>
        <source>{count} targets: 1 to 25 different ones of one kind are accepted.</source>
        <extracomment>gate.form.targets</extracomment>
        <translation>{count} Ziele: 1 bis 25 verschiedene einer Art sind zulässig.</translation>
    </message>
    <message>
        <source>{target} could not be found, or not as one thing.</source>
        <extracomment>gate.form.unresolved</extracomment>
        <translation>{target} war nicht zu finden, oder nicht als eines.</translation>
    </message>
    <message>
        <source>{verb} is not an action that Cordon knows.</source>
        <extracomment>gate.form.verb</extracomment>
        <translation>{verb} ist keine Aktion, die Cordon kennt.</translation>
    </message>
    <message>
        <source>The ledger cannot take a record (open {open}, verified {verified}, writable {writable}).</source>
        <extracomment>gate.ledger</extracomment>
        <translation>Das Journal kann keinen Eintrag aufnehmen (offen {open}, geprüft {verified}, beschreibbar {writable}).</translation>
    </message>
    <message>
        <source>Limit {clause} is reached ({balance}): two people must approve.</source>
        <extracomment>gate.limit.approve_t3</extracomment>
        <translation>Grenze {clause} ist erreicht ({balance}): zwei Personen müssen genehmigen.</translation>
    </message>
    <message>
        <source>Limit {clause} is used up ({balance}).</source>
        <extracomment>gate.limit.deny</extracomment>
        <translation>Grenze {clause} ist aufgebraucht ({balance}).</translation>
    </message>
    <message>
        <source>Limit {clause} is reached ({balance}); it waits.</source>
        <extracomment>gate.limit.hold</extracomment>
        <translation>Grenze {clause} ist erreicht ({balance}); es wartet.</translation>
    </message>
    <message>
        <source>This session&apos;s budget of {most} actions is used up.</source>
        <extracomment>gate.limit.session</extracomment>
        <translation>Das Budget dieser Sitzung von {most} Aktionen ist aufgebraucht.</translation>
    </message>
    <message>
        <source>The mandate is in force from {from} until {until}.</source>
        <extracomment>gate.mandate.expired</extracomment>
        <translation>Das Mandat gilt von {from} bis {until}.</translation>
    </message>
    <message>
        <source>There is no mandate, so nothing is allowed.</source>
        <extracomment>gate.mandate.missing</extracomment>
        <translation>Es gibt kein Mandat, also ist nichts erlaubt.</translation>
    </message>
    <message>
        <source>Mandate revision {revision} is older than revision {seen}, which was in force before.</source>
        <extracomment>gate.mandate.older</extracomment>
        <translation>Revision {revision} des Mandats ist älter als Revision {seen}, die vorher galt.</translation>
    </message>
    <message>
        <source>The action was prepared under another mandate.</source>
        <extracomment>gate.mandate.other</extracomment>
        <translation>Die Aktion wurde unter einem anderen Mandat vorbereitet.</translation>
    </message>
    <message>
        <source>Mandate {mandate} does not carry the owners&apos; signatures it needs.</source>
        <extracomment>gate.mandate.unsigned</extracomment>
        <translation>Das Mandat {mandate} trägt nicht die nötigen Unterschriften der Verantwortlichen.</translation>
    </message>
    <message>
        <source>No clause of the mandate permits {verb} on this target.</source>
        <extracomment>gate.permit.none</extracomment>
        <translation>Keine Klausel des Mandats erlaubt {verb} auf diesem Ziel.</translation>
    </message>
    <message>
        <source>Check “{check}”: {result}.</source>
        <extracomment>gate.precheck</extracomment>
        <translation>Prüfung „{check}“: {result}.</translation>
    </message>
    <message>
        <source>The target is no longer in the state that was approved.</source>
        <extracomment>gate.recheck.drift</extracomment>
        <translation>Das Ziel ist nicht mehr in dem Zustand, der genehmigt wurde.</translation>
    </message>
    <message>
        <source>No budget is reserved for this action.</source>
        <extracomment>gate.recheck.reservation</extracomment>
        <translation>Für diese Aktion ist kein Budget belegt.</translation>
    </message>
    <message>
        <source>The target&apos;s misuse is no longer verified.</source>
        <extracomment>gate.recheck.unverified</extracomment>
        <translation>Der Missbrauch des Ziels ist nicht mehr bestätigt.</translation>
    </message>
    <message>
        <source>{target} is not part of this incident.</source>
        <extracomment>gate.scope.not_member</extracomment>
        <translation>{target} gehört nicht zu diesem Vorfall.</translation>
    </message>
    <message>
        <source>The newest supporting event ({newest}) is too old to act on by itself.</source>
        <extracomment>gate.scope.stale</extracomment>
        <translation>Das jüngste stützende Ereignis ({newest}) ist zu alt, um allein danach zu handeln.</translation>
    </message>
    <message>
        <source>{entities} entities are in the verified scope, more than {most}.</source>
        <extracomment>gate.scope.too_large</extracomment>
        <translation>{entities} Objekte sind im bestätigten Umfang, mehr als {most}.</translation>
    </message>
    <message>
        <source>A person has not confirmed that {target} belongs to the incident.</source>
        <extracomment>gate.scope.unconfirmed</extracomment>
        <translation>Keine Person hat bestätigt, dass {target} zum Vorfall gehört.</translation>
    </message>
    <message>
        <source>The engine&apos;s self-test did not pass.</source>
        <extracomment>gate.self_test</extracomment>
        <translation>Der Selbsttest der Engine wurde nicht bestanden.</translation>
    </message>
    <message>
        <source>The agent session is not open.</source>
        <extracomment>gate.session.closed</extracomment>
        <translation>Die Sitzung des Agenten ist nicht offen.</translation>
    </message>
    <message>
        <source>{open} agent sessions are open, more than the mandate allows.</source>
        <extracomment>gate.session.concurrent</extracomment>
        <translation>{open} Sitzungen des Agenten sind offen, mehr als das Mandat zulässt.</translation>
    </message>
    <message>
        <source>The engine&apos;s heartbeat is missing.</source>
        <extracomment>gate.session.heartbeat</extracomment>
        <translation>Der Herzschlag der Engine fehlt.</translation>
    </message>
    <message>
        <source>The agent session was idle for too long.</source>
        <extracomment>gate.session.idle</extracomment>
        <translation>Die Sitzung des Agenten war zu lange untätig.</translation>
    </message>
    <message>
        <source>The action belongs to session {session} of {incident}, not to this one.</source>
        <extracomment>gate.session.other</extracomment>
        <translation>Die Aktion gehört zu Sitzung {session} von {incident}, nicht zu dieser.</translation>
    </message>
    <message>
        <source>The agent session has reached the end of its time.</source>
        <extracomment>gate.session.ttl</extracomment>
        <translation>Die Sitzung des Agenten hat das Ende ihrer Zeit erreicht.</translation>
    </message>
    <message>
        <source>The agent is stopped ({state}).</source>
        <extracomment>gate.stopped</extracomment>
        <translation>Der Agent steht ({state}).</translation>
    </message>
    <message>
        <source>Tier {tier} (the action&apos;s floor is {floor}).</source>
        <extracomment>gate.tier.base</extracomment>
        <translation>Stufe {tier} (das Mindeste für diese Aktion ist {floor}).</translation>
    </message>
    <message>
        <source>{clause} says never.</source>
        <extracomment>gate.tier.never</extracomment>
        <translation>{clause} sagt nie.</translation>
    </message>
    <message>
        <source>Judged as {to} instead of {from}: who proposed it wants it no lower.</source>
        <extracomment>gate.tier.asked</extracomment>
        <translation>Als {to} statt {from} beurteilt: wer es vorschlug, will es nicht niedriger.</translation>
    </message>
    <message>
        <source>No proven way back: judged as destructive instead of {from}.</source>
        <extracomment>gate.tier.no_rollback</extracomment>
        <translation>Kein erprobter Rückweg: als zerstörend beurteilt statt {from}.</translation>
    </message>
    <message>
        <source>The mandate lets nothing of tier {tier} through.</source>
        <extracomment>gate.tier.not_allowed</extracomment>
        <translation>Das Mandat lässt nichts der Stufe {tier} durch.</translation>
    </message>
    <message>
        <source>Raised from {from} to {to}: the target&apos;s criticality is high or unknown.</source>
        <extracomment>gate.tier.raised.criticality</extracomment>
        <translation>Von {from} auf {to} angehoben: die Bedeutung des Ziels ist hoch oder unbekannt.</translation>
    </message>
    <message>
        <source>Raised from {from} to {to}: others depend on the target, or nobody knows.</source>
        <extracomment>gate.tier.raised.dependents</extracomment>
        <translation>Von {from} auf {to} angehoben: anderes hängt vom Ziel ab, oder niemand weiß es.</translation>
    </message>
    <message>
        <source>Raised from {from} to {to}: it is not known to be a service account.</source>
        <extracomment>gate.tier.raised.person</extracomment>
        <translation>Von {from} auf {to} angehoben: es ist nicht als Dienstkonto bekannt.</translation>
    </message>
    <message>
        <source>Raised from {from} to {to}: it ends every session of a role.</source>
        <extracomment>gate.tier.raised.role</extracomment>
        <translation>Von {from} auf {to} angehoben: es beendet jede Sitzung einer Rolle.</translation>
    </message>
    <message>
        <source>Raised from {from} to {to}: more than one workload.</source>
        <extracomment>gate.tier.raised.several</extracomment>
        <translation>Von {from} auf {to} angehoben: mehr als eine Workload.</translation>
    </message>
    <message>
        <source>Raised from {from} to {to}: the incident shows neither two techniques of it nor a measured rarity.</source>
        <extracomment>gate.tier.raised.techniques</extracomment>
        <translation>Von {from} auf {to} angehoben: der Vorfall zeigt daran weder zwei Techniken noch eine gemessene Seltenheit.</translation>
    </message>
    <message>
        <source>Raised from {from} to {to}: its misuse is not verified by independent sources.</source>
        <extracomment>gate.tier.raised.unverified</extracomment>
        <translation>Von {from} auf {to} angehoben: der Missbrauch ist nicht durch unabhängige Quellen bestätigt.</translation>
    </message>
    <message>
        <source>{verb} cannot be undone.</source>
        <extracomment>gate.undo.none</extracomment>
        <translation>{verb} kann nicht zurückgenommen werden.</translation>
    </message>
    <message>
        <source>The undo is refused by {clause}.</source>
        <extracomment>gate.undo.refused</extracomment>
        <translation>Die Rücknahme lehnt {clause} ab.</translation>
    </message>
    <message>
        <source>Account created by {name}</source>
        <extracomment>incident.title.account_created</extracomment>
        <translation>Konto angelegt von {name}</translation>
    </message>
    <message>
        <source>{name} tried to create an account</source>
        <extracomment>incident.title.account_created_tried</extracomment>
        <translation>{name} hat versucht, ein Konto anzulegen</translation>
    </message>
    <message>
        <source>Rights changed by {name}</source>
        <extracomment>incident.title.account_manipulated</extracomment>
        <translation>Rechte geändert von {name}</translation>
    </message>
    <message>
        <source>{name} tried to change rights</source>
        <extracomment>incident.title.account_manipulated_tried</extracomment>
        <translation>{name} hat versucht, Rechte zu ändern</translation>
    </message>
    <message>
        <source>{name} ran commands on workloads</source>
        <extracomment>incident.title.commands</extracomment>
        <translation>{name} hat Befehle auf Workloads ausgeführt</translation>
    </message>
    <message>
        <source>{name} tried to run commands on workloads</source>
        <extracomment>incident.title.commands_tried</extracomment>
        <translation>{name} hat versucht, Befehle auf Workloads auszuführen</translation>
    </message>
    <message>
        <source>Credential added by {name}</source>
        <extracomment>incident.title.credential_added</extracomment>
        <translation>Zugangsdaten hinzugefügt von {name}</translation>
    </message>
    <message>
        <source>{name} tried to add a credential</source>
        <extracomment>incident.title.credential_added_tried</extracomment>
        <translation>{name} hat versucht, Zugangsdaten hinzuzufügen</translation>
    </message>
    <message>
        <source>{name} destroyed data or resources</source>
        <extracomment>incident.title.destruction</extracomment>
        <translation>{name} hat Daten oder Ressourcen zerstört</translation>
    </message>
    <message>
        <source>{name} tried to destroy data or resources</source>
        <extracomment>incident.title.destruction_tried</extracomment>
        <translation>{name} hat versucht, Daten oder Ressourcen zu zerstören</translation>
    </message>
    <message>
        <source>{name} is exploring the account</source>
        <extracomment>incident.title.discovery</extracomment>
        <translation>{name} kundschaftet das Konto aus</translation>
    </message>
    <message>
        <source>{name} tried to explore the account</source>
        <extracomment>incident.title.discovery_tried</extracomment>
        <translation>{name} hat versucht, das Konto auszukundschaften</translation>
    </message>
    <message>
        <source>{name} moved data out of the account</source>
        <extracomment>incident.title.exfiltration</extracomment>
        <translation>{name} hat Daten aus dem Konto geschafft</translation>
    </message>
    <message>
        <source>{name} tried to move data out of the account</source>
        <extracomment>incident.title.exfiltration_tried</extracomment>
        <translation>{name} hat versucht, Daten aus dem Konto zu schaffen</translation>
    </message>
    <message>
        <source>{name}: {rule}</source>
        <extracomment>incident.title.generic</extracomment>
        <translation>{name}: {rule}</translation>
    </message>
    <message>
        <source>Instance credentials taken or used by {name}</source>
        <extracomment>incident.title.instance_credentials</extracomment>
        <translation>Zugangsdaten einer Instanz genommen oder benutzt von {name}</translation>
    </message>
    <message>
        <source>{name} tried to take instance credentials</source>
        <extracomment>incident.title.instance_credentials_tried</extracomment>
        <translation>{name} hat versucht, Zugangsdaten einer Instanz zu nehmen</translation>
    </message>
    <message>
        <source>New key {key} made by {name} and used</source>
        <extracomment>incident.title.key_created_used</extracomment>
        <translation>Neuer Schlüssel {key}, von {name} angelegt und benutzt</translation>
    </message>
    <message>
        <source>{name} weakened logging</source>
        <extracomment>incident.title.logging_impaired</extracomment>
        <translation>{name} hat die Protokollierung geschwächt</translation>
    </message>
    <message>
        <source>{name} tried to weaken logging</source>
        <extracomment>incident.title.logging_impaired_tried</extracomment>
        <translation>{name} hat versucht, die Protokollierung zu schwächen</translation>
    </message>
    <message>
        <source>{rule}</source>
        <extracomment>incident.title.nobody</extracomment>
        <translation>{rule}</translation>
    </message>
    <message>
        <source>Compute used or changed by {name}</source>
        <extracomment>incident.title.resources_hijacked</extracomment>
        <translation>Rechenleistung benutzt oder geändert von {name}</translation>
    </message>
    <message>
        <source>{name} tried to use or change compute</source>
        <extracomment>incident.title.resources_hijacked_tried</extracomment>
        <translation>{name} hat versucht, Rechenleistung zu benutzen oder zu ändern</translation>
    </message>
    <message>
        <source>Suspicious secret access by {name}</source>
        <extracomment>incident.title.secret_access</extracomment>
        <translation>Verdächtiger Zugriff auf Geheimnisse durch {name}</translation>
    </message>
    <message>
        <source>Refused secret access by {name}</source>
        <extracomment>incident.title.secret_access_tried</extracomment>
        <translation>Verweigerter Zugriff auf Geheimnisse durch {name}</translation>
    </message>
    <message>
        <source>Session used in an unusual way by {name}</source>
        <extracomment>incident.title.session_abused</extracomment>
        <translation>Sitzung ungewöhnlich benutzt von {name}</translation>
    </message>
    <message>
        <source>{name} tried to use a session in an unusual way</source>
        <extracomment>incident.title.session_abused_tried</extracomment>
        <translation>{name} hat versucht, eine Sitzung ungewöhnlich zu benutzen</translation>
    </message>
    <message>
        <source>Suspicious sign-in or calls by {name}</source>
        <extracomment>incident.title.sign_in</extracomment>
        <translation>Verdächtige Anmeldung oder Aufrufe durch {name}</translation>
    </message>
    <message>
        <source>Failed sign-in or calls by {name}</source>
        <extracomment>incident.title.sign_in_tried</extracomment>
        <translation>Fehlgeschlagene Anmeldung oder Aufrufe durch {name}</translation>
    </message>
    <message>
        <source>no</source>
        <extracomment>known.false</extracomment>
        <translation>nein</translation>
    </message>
    <message>
        <source>yes</source>
        <extracomment>known.true</extracomment>
        <translation>ja</translation>
    </message>
    <message>
        <source>nobody could say</source>
        <extracomment>known.unknown
----------
result.unknown</extracomment>
        <translation>niemand konnte es sagen</translation>
    </message>
    <message>
        <source>{title}: begun</source>
        <extracomment>ledger.action.intended</extracomment>
        <translation>{title}: begonnen</translation>
    </message>
    <message>
        <source>The agent was halted: {why}</source>
        <extracomment>ledger.agent.halted</extracomment>
        <translation>Der Agent wurde angehalten: {why}</translation>
    </message>
    <message>
        <source>The agent was halted</source>
        <extracomment>ledger.agent.halted.bare</extracomment>
        <translation>Der Agent wurde angehalten</translation>
    </message>
    <message>
        <source>The engine stood still: nothing could begin</source>
        <extracomment>ledger.agent.heartbeat_missed</extracomment>
        <translation>Die Engine stand still: nichts konnte beginnen</translation>
    </message>
    <message>
        <source>The agent&apos;s key stays closed: {why}</source>
        <extracomment>ledger.agent.key_closed</extracomment>
        <translation>Der Schlüssel des Agenten bleibt verschlossen: {why}</translation>
    </message>
    <message>
        <source>The agent&apos;s key was opened</source>
        <extracomment>ledger.agent.present</extracomment>
        <translation>Der Schlüssel des Agenten wurde geöffnet</translation>
    </message>
    <message>
        <source>The agent&apos;s key is in use elsewhere: {why}</source>
        <extracomment>ledger.agent.key_refused</extracomment>
        <translation>Der Schlüssel des Agenten wird anderswo benutzt: {why}</translation>
    </message>
    <message>
        <source>The agent was resumed</source>
        <extracomment>ledger.agent.resumed</extracomment>
        <translation>Der Agent wurde fortgesetzt</translation>
    </message>
    <message>
        <source>What the agent read of the incident, and what it may conclude</source>
        <extracomment>ledger.agent.view</extracomment>
        <translation>Was der Agent vom Vorfall gelesen hat, und was er schließen darf</translation>
    </message>
    <message>
        <source>{request} was asked for again</source>
        <extracomment>ledger.approval.asked_again</extracomment>
        <translation>Nach {request} wurde erneut gefragt</translation>
    </message>
    <message>
        <source>{request} denied: {why}</source>
        <extracomment>ledger.approval.denied</extracomment>
        <translation>{request} abgelehnt: {why}</translation>
    </message>
    <message>
        <source>{request} denied</source>
        <extracomment>ledger.approval.denied.bare</extracomment>
        <translation>{request} abgelehnt</translation>
    </message>
    <message>
        <source>{request} ran out of time</source>
        <extracomment>ledger.approval.ended</extracomment>
        <translation>{request} lief ab</translation>
    </message>
    <message>
        <source>{request} still waits: {to} was told</source>
        <extracomment>ledger.approval.escalated</extracomment>
        <translation>{request} wartet noch: {to} wurde benachrichtigt</translation>
    </message>
    <message>
        <source>{person} approved {approved} of {decided}: the owner was told</source>
        <extracomment>ledger.approval.fatigue</extracomment>
        <translation>{person} hat {approved} von {decided} genehmigt: die verantwortliche Person wurde benachrichtigt</translation>
    </message>
    <message>
        <source>{request} approved: {why}</source>
        <extracomment>ledger.approval.granted</extracomment>
        <translation>{request} genehmigt: {why}</translation>
    </message>
    <message>
        <source>{request} approved</source>
        <extracomment>ledger.approval.granted.bare</extracomment>
        <translation>{request} genehmigt</translation>
    </message>
    <message>
        <source>A reply to {request} was refused: {why}</source>
        <extracomment>ledger.approval.refused</extracomment>
        <translation>Eine Antwort auf {request} wurde abgelehnt: {why}</translation>
    </message>
    <message>
        <source>{title}: {request} asks for approval</source>
        <extracomment>ledger.approval.requested</extracomment>
        <translation>{title}: {request} bittet um Genehmigung</translation>
    </message>
    <message>
        <source>PIN or code of {person} were typed wrongly, {failures} times in a row</source>
        <extracomment>engine.wrong_tries
----------
ledger.factor.failures</extracomment>
        <translation>PIN oder Code von {person} wurden falsch eingegeben, {failures}-mal in Folge</translation>
    </message>
    <message>
        <source>The machine&apos;s clock or start is not to be trusted: {why}</source>
        <extracomment>ledger.clock.distrusted</extracomment>
        <translation>Uhr oder Start des Rechners sind nicht glaubwürdig: {why}</translation>
    </message>
    <message>
        <source>Somebody signed in again: the clock counts</source>
        <extracomment>ledger.clock.trusted</extracomment>
        <translation>Jemand hat sich wieder angemeldet: die Uhr zählt</translation>
    </message>
    <message>
        <source>A signed command came in: {command}</source>
        <extracomment>ledger.command.taken</extracomment>
        <translation>Ein unterschriebener Befehl kam an: {command}</translation>
    </message>
    <message>
        <source>A signed command was refused, nothing came of it: {command}: {why}</source>
        <extracomment>ledger.command.refused</extracomment>
        <translation>Ein unterschriebener Befehl wurde abgelehnt, nichts folgte daraus: {command}: {why}</translation>
    </message>
    <message>
        <source>A signed command is over, nothing more follows from it: {command}</source>
        <extracomment>ledger.command.closed</extracomment>
        <translation>Ein unterschriebener Befehl ist beendet, nichts folgt mehr daraus: {command}</translation>
    </message>
    <message>
        <source>The machine&apos;s clock was set back: from {from} to {to}</source>
        <extracomment>ledger.clock.set_back</extracomment>
        <translation>Die Uhr des Rechners wurde zurückgestellt: von {from} auf {to}</translation>
    </message>
    <message>
        <source>{title}: {effect} ({clauses})</source>
        <extracomment>ledger.decision</extracomment>
        <translation>{title}: {effect} ({clauses})</translation>
    </message>
    <message>
        <source>Evidence sealed from {source}</source>
        <extracomment>ledger.evidence.sealed</extracomment>
        <translation>Beweismittel aus {source} versiegelt</translation>
    </message>
    <message>
        <source>Halting was practised</source>
        <extracomment>ledger.halt.drill</extracomment>
        <translation>Das Anhalten wurde geübt</translation>
    </message>
    <message>
        <source>A command from the inbox was refused: {file}: {why}</source>
        <extracomment>ledger.inbox.refused</extracomment>
        <translation>Ein Befehl aus dem Eingang wurde abgelehnt: {file}: {why}</translation>
    </message>
    <message>
        <source>A command from the inbox was taken: {file}</source>
        <extracomment>ledger.inbox.taken</extracomment>
        <translation>Ein Befehl aus dem Eingang wurde angenommen: {file}</translation>
    </message>
    <message>
        <source>Assigned to {to}</source>
        <extracomment>ledger.incident.assigned</extracomment>
        <translation>Zugewiesen an {to}</translation>
    </message>
    <message>
        <source>The agent closed the incident</source>
        <extracomment>ledger.incident.closed</extracomment>
        <translation>Der Agent hat den Vorfall geschlossen</translation>
    </message>
    <message>
        <source>A note was added</source>
        <extracomment>ledger.incident.note</extracomment>
        <translation>Eine Notiz wurde hinzugefügt</translation>
    </message>
    <message>
        <source>Incidents were merged by hand: {why}</source>
        <extracomment>ledger.incident.merged</extracomment>
        <translation>Vorfälle wurden von Hand zusammengeführt: {why}</translation>
    </message>
    <message>
        <source>Alerts were split off into an incident of their own: {why}</source>
        <extracomment>ledger.incident.split</extracomment>
        <translation>Alarme wurden in einen eigenen Vorfall abgetrennt: {why}</translation>
    </message>
    <message>
        <source>Alerts were moved to another incident: {why}</source>
        <extracomment>ledger.incident.moved</extracomment>
        <translation>Alarme wurden in einen anderen Vorfall verschoben: {why}</translation>
    </message>
    <message>
        <source>{order} was taken back: {why}</source>
        <extracomment>ledger.incident.arrangement_undone</extracomment>
        <translation>{order} wurde zurückgenommen: {why}</translation>
    </message>
    <message>
        <source>The incident went into {into}</source>
        <extracomment>ledger.incident.absorbed</extracomment>
        <translation>Der Vorfall ging in {into} auf</translation>
    </message>
    <message>
        <source>The incident stands by itself again</source>
        <extracomment>ledger.incident.restored</extracomment>
        <translation>Der Vorfall steht wieder für sich</translation>
    </message>
    <message>
        <source>{title}: kept contained until {until}</source>
        <extracomment>ledger.lease.extended</extracomment>
        <translation>{title}: bleibt eingedämmt bis {until}</translation>
    </message>
    <message>
        <source>{title}: the lease ended and containment was kept: {why}</source>
        <extracomment>ledger.lease.overdue</extracomment>
        <translation>{title}: die Frist endete, und die Eindämmung wurde behalten: {why}</translation>
    </message>
    <message>
        <source>The ledger begins</source>
        <extracomment>ledger.ledger.genesis</extracomment>
        <translation>Das Journal beginnt</translation>
    </message>
    <message>
        <source>Another log key came into force</source>
        <extracomment>ledger.ledger.epoch</extracomment>
        <translation>Ein anderer Journalschlüssel gilt</translation>
    </message>
    <message>
        <source>Owners revoked the log key: another one came into force</source>
        <extracomment>ledger.ledger.key_revoked</extracomment>
        <translation>Eigentümer haben den Journalschlüssel widerrufen: ein anderer gilt</translation>
    </message>
    <message>
        <source>A frame cut off by a crash was moved aside to {file}: {bytes} bytes</source>
        <extracomment>ledger.ledger.recovered</extracomment>
        <translation>Ein durch einen Absturz abgeschnittener Rahmen wurde nach {file} gelegt: {bytes} Bytes</translation>
    </message>
    <message>
        <source>Sealed into {file}</source>
        <extracomment>ledger.case.sealed</extracomment>
        <translation>Versiegelt in {file}</translation>
    </message>
    <message>
        <source>{file} was loaded for the first time: its digest is kept</source>
        <extracomment>ledger.load.pinned</extracomment>
        <translation>{file} wurde zum ersten Mal geladen: die Prüfsumme ist gemerkt</translation>
    </message>
    <message>
        <source>{file} was not loaded: its digest is another than expected</source>
        <extracomment>ledger.load.refused</extracomment>
        <translation>{file} wurde nicht geladen: die Prüfsumme ist eine andere als erwartet</translation>
    </message>
    <message>
        <source>A mandate came into force</source>
        <extracomment>ledger.mandate.in_force</extracomment>
        <translation>Ein Mandat trat in Kraft</translation>
    </message>
    <message>
        <source>{type}</source>
        <extracomment>ledger.other</extracomment>
        <translation>{type}</translation>
    </message>
    <message>
        <source>{title}: failed</source>
        <extracomment>ledger.outcome.failed</extracomment>
        <translation>{title}: fehlgeschlagen</translation>
    </message>
    <message>
        <source>{title}: outcome unknown</source>
        <extracomment>ledger.outcome.unknown</extracomment>
        <translation>{title}: Ausgang unbekannt</translation>
    </message>
    <message>
        <source>{title}: verified</source>
        <extracomment>ledger.outcome.verified</extracomment>
        <translation>{title}: bestätigt</translation>
    </message>
    <message>
        <source>Joined the exercise: {name}</source>
        <extracomment>ledger.person.joined</extracomment>
        <translation>Der Übung beigetreten: {name}</translation>
    </message>
    <message>
        <source>{person} is out of the exercise: the key no longer counts</source>
        <extracomment>ledger.person.left</extracomment>
        <translation>{person} ist nicht mehr in der Übung: der Schlüssel zählt nicht mehr</translation>
    </message>
    <message>
        <source>Signed in</source>
        <extracomment>ledger.person.signed_in</extracomment>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Signed out</source>
        <extracomment>ledger.person.signed_out</extracomment>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>Members were looked at</source>
        <extracomment>ledger.scope.asked</extracomment>
        <translation>Beteiligte wurden angesehen</translation>
    </message>
    <message>
        <source>The scope was verified</source>
        <extracomment>ledger.scope.verified</extracomment>
        <translation>Der Umfang wurde bestätigt</translation>
    </message>
    <message>
        <source>The agent closed its session</source>
        <extracomment>ledger.session.close</extracomment>
        <translation>Der Agent hat seine Sitzung geschlossen</translation>
    </message>
    <message>
        <source>The agent&apos;s session may go on</source>
        <extracomment>ledger.session.continued</extracomment>
        <translation>Die Sitzung des Agenten darf weitergehen</translation>
    </message>
    <message>
        <source>The agent opened a session</source>
        <extracomment>ledger.session.open</extracomment>
        <translation>Der Agent hat eine Sitzung eröffnet</translation>
    </message>
    <message>
        <source>The agent&apos;s session was paused: two failures in a row</source>
        <extracomment>ledger.session.paused</extracomment>
        <translation>Die Sitzung des Agenten wurde unterbrochen: zwei Fehlschläge in Folge</translation>
    </message>
    <message>
        <source>{source} is followed</source>
        <extracomment>ledger.source.followed</extracomment>
        <translation>{source} wird verfolgt</translation>
    </message>
    <message>
        <source>{source} is no longer followed</source>
        <extracomment>ledger.source.left</extracomment>
        <translation>{source} wird nicht mehr verfolgt</translation>
    </message>
    <message>
        <source>{title}: done elsewhere</source>
        <extracomment>ledger.step.done_elsewhere</extracomment>
        <translation>{title}: anderswo getan</translation>
    </message>
    <message>
        <source>{title}: looked at later, whether it was taken back is known now</source>
        <extracomment>ledger.undo.settled</extracomment>
        <translation>{title}: später nachgesehen, ob es zurückgenommen wurde, ist jetzt bekannt</translation>
    </message>
    <message>
        <source>{title}: once more, its loop goes on (round {round})</source>
        <extracomment>ledger.step.again</extracomment>
        <translation>{title}: noch einmal, die Schleife geht weiter (Runde {round})</translation>
    </message>
    <message>
        <source>{title}: looked at later, its outcome is known now</source>
        <extracomment>ledger.step.settled</extracomment>
        <translation>{title}: später nachgesehen, der Ausgang ist jetzt bekannt</translation>
    </message>
    <message>
        <source>{title}: skipped: {why}</source>
        <extracomment>ledger.step.skipped</extracomment>
        <translation>{title}: übersprungen: {why}</translation>
    </message>
    <message>
        <source>acted on</source>
        <extracomment>link.acted_on</extracomment>
        <translation>wirkte auf</translation>
    </message>
    <message>
        <source>{shared} stands behind both, {gap} apart: {earlier}; {later}</source>
        <extracomment>link.acted_through</extracomment>
        <translation>{shared} steht hinter beiden, {gap} auseinander: {earlier}; {later}</translation>
    </message>
    <message>
        <source>acted with</source>
        <extracomment>link.acted_with</extracomment>
        <translation>handelte mit</translation>
    </message>
    <message>
        <source>activated</source>
        <extracomment>link.activated</extracomment>
        <translation>eingeschaltet</translation>
    </message>
    <message>
        <source>acts for</source>
        <extracomment>link.acts_for</extracomment>
        <translation>handelt für</translation>
    </message>
    <message>
        <source>assumed</source>
        <extracomment>link.assumed
----------
link.assumed_here</extracomment>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>attached</source>
        <extracomment>link.attached</extracomment>
        <translation>angehängt</translation>
    </message>
    <message>
        <source>from</source>
        <extracomment>link.came_from</extracomment>
        <translation>von</translation>
    </message>
    <message>
        <source>was refused as</source>
        <extracomment>link.sign_in_refused</extracomment>
        <translation>wurde abgewiesen als</translation>
    </message>
    <message>
        <source>{shared} was given rights, then acted {gap} later: {earlier}; {later}</source>
        <extracomment>link.changed_then_acted</extracomment>
        <translation>{shared} bekam Rechte und handelte {gap} später: {earlier}; {later}</translation>
    </message>
    <message>
        <source>created</source>
        <extracomment>link.created</extracomment>
        <translation>angelegt</translation>
    </message>
    <message>
        <source>{shared} was made, then used {gap} later: {earlier}; {later}</source>
        <extracomment>link.created_then_used</extracomment>
        <translation>{shared} wurde angelegt und {gap} später benutzt: {earlier}; {later}</translation>
    </message>
    <message>
        <source>deactivated</source>
        <extracomment>link.deactivated</extracomment>
        <translation>abgeschaltet</translation>
    </message>
    <message>
        <source>deleted</source>
        <extracomment>link.deleted</extracomment>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>detached</source>
        <extracomment>link.detached</extracomment>
        <translation>abgelöst</translation>
    </message>
    <message>
        <source>gave rights to</source>
        <extracomment>link.granted</extracomment>
        <translation>gab Rechte an</translation>
    </message>
    <message>
        <source>grants</source>
        <extracomment>link.grants</extracomment>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>is</source>
        <extracomment>link.same</extracomment>
        <translation>ist</translation>
    </message>
    <message>
        <source>impersonated</source>
        <extracomment>link.impersonated</extracomment>
        <translation>gab sich aus als</translation>
    </message>
    <message>
        <source>listed</source>
        <extracomment>link.listed</extracomment>
        <translation>aufgelistet</translation>
    </message>
    <message>
        <source>read</source>
        <extracomment>link.read</extracomment>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>{shared} gave rights to what acted, {gap} apart: {earlier}; {later}</source>
        <extracomment>link.rights_given</extracomment>
        <translation>{shared} gab dem Rechte, was handelte, {gap} auseinander: {earlier}; {later}</translation>
    </message>
    <message>
        <source>{shared} under two names, {gap} apart: {earlier}; {later}</source>
        <extracomment>link.same_thing</extracomment>
        <translation>{shared} unter zwei Namen, {gap} auseinander: {earlier}; {later}</translation>
    </message>
    <message>
        <source>Same account {shared}, {gap} apart: {earlier}; {later}</source>
        <extracomment>link.same_account</extracomment>
        <translation>Gleiches Konto {shared}, {gap} auseinander: {earlier}; {later}</translation>
    </message>
    <message>
        <source>Same credential {shared}, {gap} apart: {earlier}; {later}</source>
        <extracomment>link.same_credential</extracomment>
        <translation>Gleiche Zugangsdaten {shared}, {gap} auseinander: {earlier}; {later}</translation>
    </message>
    <message>
        <source>Same role {shared}, {gap} apart, {identities|used by one identity|used by {identities} identities}: {earlier}; {later}</source>
        <extracomment>link.same_role</extracomment>
        <translation>Gleiche Rolle {shared}, {gap} auseinander, {identities|benutzt von einer Identität|benutzt von {identities} Identitäten}: {earlier}; {later}</translation>
    </message>
    <message>
        <source>Same host {shared}, {gap} apart, {identities|used by one identity|used by {identities} identities}: {earlier}; {later}</source>
        <extracomment>link.same_host</extracomment>
        <translation>Gleicher Rechner {shared}, {gap} auseinander, {identities|benutzt von einer Identität|benutzt von {identities} Identitäten}: {earlier}; {later}</translation>
    </message>
    <message>
        <source>{shared} was on the host where it happened in nobody&apos;s name, {gap} apart: {earlier}; {later}</source>
        <extracomment>link.was_on_host</extracomment>
        <translation>{shared} war auf dem Rechner, auf dem es in niemandes Namen geschah, {gap} auseinander: {earlier}; {later}</translation>
    </message>
    <message>
        <source>shared</source>
        <extracomment>link.shared</extracomment>
        <translation>geteilt</translation>
    </message>
    <message>
        <source>Same address {shared}, {gap} apart, {identities|seen with one identity|seen with {identities} identities}: {earlier}; {later}</source>
        <extracomment>link.shared_address</extracomment>
        <translation>Gleiche Adresse {shared}, {gap} auseinander, {identities|gesehen bei einer Identität|gesehen bei {identities} Identitäten}: {earlier}; {later}</translation>
    </message>
    <message>
        <source>Same target {shared}, {gap} apart, {identities|touched by one identity|touched by {identities} identities}: {earlier}; {later}</source>
        <extracomment>link.shared_target</extracomment>
        <translation>Gleiches Ziel {shared}, {gap} auseinander, {identities|berührt von einer Identität|berührt von {identities} Identitäten}: {earlier}; {later}</translation>
    </message>
    <message>
        <source>stopped</source>
        <extracomment>link.stopped</extracomment>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>tried ({relation})</source>
        <extracomment>link.tried</extracomment>
        <translation>versucht ({relation})</translation>
    </message>
    <message>
        <source>changed</source>
        <extracomment>link.updated</extracomment>
        <translation>geändert</translation>
    </message>
    <message>
        <source>{n|Acted in one alert|Acted in {n} alerts}, first: {rule}</source>
        <extracomment>member.acted</extracomment>
        <translation>{n|Handelte in einem Alarm|Handelte in {n} Alarmen}, zuerst: {rule}</translation>
    </message>
    <message>
        <source>{n|Sign-in refused in one alert|Sign-in refused in {n} alerts}, first: {rule}</source>
        <extracomment>member.sign_in_refused</extracomment>
        <translation>{n|Anmeldung abgewiesen in einem Alarm|Anmeldung abgewiesen in {n} Alarmen}, zuerst: {rule}</translation>
    </message>
    <message>
        <source>{n|Target of one attempt that failed|Target of {n} attempts that failed}, first by {by}</source>
        <extracomment>member.tried_on</extracomment>
        <translation>{n|Ziel eines Versuchs, der fehlschlug|Ziel von {n} Versuchen, die fehlschlugen}, zuerst durch {by}</translation>
    </message>
    <message>
        <source>{n|Target of one attempt that failed|Target of {n} attempts that failed}</source>
        <extracomment>member.tried_on_unknown</extracomment>
        <translation>{n|Ziel eines Versuchs, der fehlschlug|Ziel von {n} Versuchen, die fehlschlugen}</translation>
    </message>
    <message>
        <source>The same as {name}</source>
        <extracomment>member.same_as</extracomment>
        <translation>Dasselbe wie {name}</translation>
    </message>
    <message>
        <source>{n|Source address of one alert|Source address of {n} alerts}</source>
        <extracomment>member.address_of</extracomment>
        <translation>{n|Quelladresse eines Alarms|Quelladresse von {n} Alarmen}</translation>
    </message>
    <message>
        <source>The incident opened a session of it</source>
        <extracomment>member.assumed_here</extracomment>
        <translation>Der Vorfall hat eine Sitzung davon eröffnet</translation>
    </message>
    <message>
        <source>Changed shortly before the incident by {action}</source>
        <extracomment>member.changed_before</extracomment>
        <translation>Kurz vor dem Vorfall geändert durch {action}</translation>
    </message>
    <message>
        <source>Changed inside the incident by {action}</source>
        <extracomment>member.changed_here</extracomment>
        <translation>Im Vorfall geändert durch {action}</translation>
    </message>
    <message>
        <source>Made in this incident by {by}</source>
        <extracomment>member.created_here</extracomment>
        <translation>In diesem Vorfall angelegt von {by}</translation>
    </message>
    <message>
        <source>{n|Used in one alert|Used in {n} alerts} by {by}, first: {rule}</source>
        <extracomment>member.credential_used</extracomment>
        <translation>{n|In einem Alarm|In {n} Alarmen} benutzt von {by}, zuerst: {rule}</translation>
    </message>
    <message>
        <source>Made {made}, which acted here</source>
        <extracomment>member.stood_behind</extracomment>
        <translation>Hat {made} angelegt, was hier handelte</translation>
    </message>
    <message>
        <source>{n|Target of one alert|Target of {n} alerts}, first by {by}</source>
        <extracomment>member.target_of</extracomment>
        <translation>{n|Ziel eines Alarms|Ziel von {n} Alarmen}, zuerst durch {by}</translation>
    </message>
    <message>
        <source>{n|Target of one alert|Target of {n} alerts}</source>
        <extracomment>member.target_of_unknown</extracomment>
        <translation>{n|Ziel eines Alarms|Ziel von {n} Alarmen}</translation>
    </message>
    <message>
        <source>No playbook fits: nothing in this incident is misused or made by it that Cordon could contain.</source>
        <extracomment>plan.no_playbook</extracomment>
        <translation>Kein Playbook passt: nichts in diesem Vorfall ist missbraucht oder durch ihn entstanden, was Cordon eindämmen könnte.</translation>
    </message>
    <message>
        <source>The mandate lets the agent read none of the records behind this incident: it is left to people.</source>
        <extracomment>plan.nothing_seen</extracomment>
        <translation>Das Mandat lässt den Agenten keinen der Einträge hinter diesem Vorfall lesen: er bleibt Menschen überlassen.</translation>
    </message>
    <message>
        <source>Nothing here can be contained: the evidence is preserved, the rest is for people.</source>
        <extracomment>plan.nothing_to_contain</extracomment>
        <translation>Hier lässt sich nichts eindämmen: die Beweise sind gesichert, der Rest ist für Menschen.</translation>
    </message>
    <message>
        <source>Compromised access key</source>
        <extracomment>playbook.compromised_access_key</extracomment>
        <translation>Kompromittierter Zugangsschlüssel</translation>
    </message>
    <message>
        <source>Compromised role session</source>
        <extracomment>playbook.compromised_role_session</extracomment>
        <translation>Kompromittierte Rollensitzung</translation>
    </message>
    <message>
        <source>Suspicious account activity</source>
        <extracomment>playbook.suspicious_account</extracomment>
        <translation>Verdächtige Kontotätigkeit</translation>
    </message>
    <message>
        <source>Suspicious workload</source>
        <extracomment>playbook.suspicious_workload</extracomment>
        <translation>Verdächtige Workload</translation>
    </message>
    <message>
        <source>{source} has said nothing since {since}; its past allows {minutes} minutes</source>
        <extracomment>quiet.since</extracomment>
        <translation>{source} schweigt seit {since}; nach der Vergangenheit sind {minutes} Minuten üblich</translation>
    </message>
    <message>
        <source>new account {name}</source>
        <extracomment>residual.account_made</extracomment>
        <translation>neues Konto {name}</translation>
    </message>
    <message>
        <source>{name} still has {grant}</source>
        <extracomment>residual.grant</extracomment>
        <translation>{name} hat noch {grant}</translation>
    </message>
    <message>
        <source>{name} still has the consent that it was given</source>
        <extracomment>residual.consent</extracomment>
        <translation>{name} hat noch die Zustimmung, die es bekam</translation>
    </message>
    <message>
        <source>mail still goes to {name} by {grant}</source>
        <extracomment>residual.mail</extracomment>
        <translation>E-Mail geht noch an {name} durch {grant}</translation>
    </message>
    <message>
        <source>new sign-in factor of {name} active</source>
        <extracomment>residual.factor_made</extracomment>
        <translation>neuer Anmeldefaktor von {name} aktiv</translation>
    </message>
    <message>
        <source>sign-in factor of {name} active</source>
        <extracomment>residual.factor</extracomment>
        <translation>Anmeldefaktor von {name} aktiv</translation>
    </message>
    <message>
        <source>new identity provider {name} trusted</source>
        <extracomment>residual.provider_made</extracomment>
        <translation>neuem Identitätsanbieter {name} wird vertraut</translation>
    </message>
    <message>
        <source>new webhook {name} active</source>
        <extracomment>residual.webhook_made</extracomment>
        <translation>neuer Webhook {name} aktiv</translation>
    </message>
    <message>
        <source>{name} still has {grant} on {place}</source>
        <extracomment>residual.grant_in</extracomment>
        <translation>{name} hat noch {grant} auf {place}</translation>
    </message>
    <message>
        <source>new key {name} active</source>
        <extracomment>residual.made_key</extracomment>
        <translation>neuer Schlüssel {name} aktiv</translation>
    </message>
    <message>
        <source>and {n} further</source>
        <extracomment>residual.more</extracomment>
        <translation>und {n} weitere</translation>
    </message>
    <message>
        <source>{n|one further session|{n} further sessions}</source>
        <extracomment>residual.more_sessions</extracomment>
        <translation>{n|eine weitere Sitzung|{n} weitere Sitzungen}</translation>
    </message>
    <message>
        <source>{n|one thing|{n} things} made or given beyond these, not looked into</source>
        <extracomment>residual.more_unasked</extracomment>
        <translation>{n|eine weitere Sache|{n} weitere Dinge} angelegt oder vergeben, nicht nachgesehen</translation>
    </message>
    <message>
        <source>original key {name} active</source>
        <extracomment>residual.original_key</extracomment>
        <translation>ursprünglicher Schlüssel {name} aktiv</translation>
    </message>
    <message>
        <source>console password {name} set</source>
        <extracomment>residual.password</extracomment>
        <translation>Konsolenpasswort {name} gesetzt</translation>
    </message>
    <message>
        <source>changed policy {name}</source>
        <extracomment>residual.policy_changed</extracomment>
        <translation>geänderte Richtlinie {name}</translation>
    </message>
    <message>
        <source>new role {name}</source>
        <extracomment>residual.role_made</extracomment>
        <translation>neue Rolle {name}</translation>
    </message>
    <message>
        <source>session {name} until unknown</source>
        <extracomment>residual.session</extracomment>
        <translation>Sitzung {name}, Ende unbekannt</translation>
    </message>
    <message>
        <source>{name} still shared</source>
        <extracomment>residual.shared</extracomment>
        <translation>{name} noch geteilt</translation>
    </message>
    <message>
        <source>changed trust of role {name}</source>
        <extracomment>residual.trust_changed</extracomment>
        <translation>geändertes Vertrauen der Rolle {name}</translation>
    </message>
    <message>
        <source>not met</source>
        <extracomment>result.false</extracomment>
        <translation>nicht erfüllt</translation>
    </message>
    <message>
        <source>met</source>
        <extracomment>result.true</extracomment>
        <translation>erfüllt</translation>
    </message>
    <message>
        <source>Acted in {alert} ({level}): {rule}</source>
        <extracomment>risk.entity_acted</extracomment>
        <translation>Handelte in {alert} ({level}): {rule}</translation>
    </message>
    <message>
        <source>Target in {alert} ({level}): {rule}</source>
        <extracomment>risk.entity_target</extracomment>
        <translation>Ziel in {alert} ({level}): {rule}</translation>
    </message>
    <message>
        <source>{name} was made in the incident</source>
        <extracomment>risk.entity_made</extracomment>
        <translation>{name} wurde im Vorfall angelegt</translation>
    </message>
    <message>
        <source>{alert} measured it as rare for this identity: {rule}</source>
        <extracomment>risk.entity_rarity</extracomment>
        <translation>{alert} hat es als selten für diese Identität gemessen: {rule}</translation>
    </message>
    <message>
        <source>The sum of {sum} is held at 100</source>
        <extracomment>risk.capped</extracomment>
        <translation>Die Summe {sum} wird bei 100 gehalten</translation>
    </message>
    <message>
        <source>{name} was made in the incident and then used</source>
        <extracomment>risk.created_used</extracomment>
        <translation>{name} wurde im Vorfall angelegt und dann benutzt</translation>
    </message>
    <message>
        <source>Also matched ({level}, {n|one alert|{n} alerts}): {rule}</source>
        <extracomment>risk.further_rule</extracomment>
        <translation>Außerdem traf zu ({level}, {n|ein Alarm|{n} Alarme}): {rule}</translation>
    </message>
    <message>
        <source>Also matched ({level}, only attempts, {n|one alert|{n} alerts}): {rule}</source>
        <extracomment>risk.further_rule_attempt</extracomment>
        <translation>Außerdem traf zu ({level}, nur Versuche, {n|ein Alarm|{n} Alarme}): {rule}</translation>
    </message>
    <message>
        <source>Gravest match ({level}): {rule}</source>
        <extracomment>risk.leading_rule</extracomment>
        <translation>Schwerster Treffer ({level}): {rule}</translation>
    </message>
    <message>
        <source>Gravest match ({level}), only attempts: {rule}</source>
        <extracomment>risk.leading_rule_attempt</extracomment>
        <translation>Schwerster Treffer ({level}), nur Versuche: {rule}</translation>
    </message>
    <message>
        <source>Measured as rare for the identity: {rule}</source>
        <extracomment>risk.rarity</extracomment>
        <translation>Gemessen selten für die Identität: {rule}</translation>
    </message>
    <message>
        <source>The root account {name} was misused</source>
        <extracomment>risk.root</extracomment>
        <translation>Das Root-Konto {name} wurde missbraucht</translation>
    </message>
    <message>
        <source>{n} different tactics</source>
        <extracomment>risk.tactics</extracomment>
        <translation>{n} verschiedene Taktiken</translation>
    </message>
    <message>
        <source>Confirmed by {person}</source>
        <extracomment>scope.confirmed_by</extracomment>
        <translation>Bestätigt von {person}</translation>
    </message>
    <message>
        <source>The provider confirms that {by} made it at {time}, as the log says</source>
        <extracomment>scope.created_matches</extracomment>
        <translation>Der Anbieter bestätigt, dass {by} es um {time} angelegt hat, wie das Log sagt</translation>
    </message>
    <message>
        <source>Its credential {credential} is verified as misused</source>
        <extracomment>scope.credential_verified</extracomment>
        <translation>Dass {credential} davon missbraucht wurde, ist bestätigt</translation>
    </message>
    <message>
        <source>confirmed, but widening the scope is left to people ({clause})</source>
        <extracomment>scope.extension_waits</extracomment>
        <translation>bestätigt, aber das Erweitern des Umfangs bleibt Menschen überlassen ({clause})</translation>
    </message>
    <message>
        <source>{product}, which does not live on the logs of this case, reports it too: at {time} the log has {action}</source>
        <extracomment>scope.finding_agrees</extracomment>
        <translation>{product}, das nicht von den Logs dieses Falls lebt, meldet es auch: um {time} hat das Log {action}</translation>
    </message>
    <message>
        <source>The provider confirms the misuse: last used at {time} with {service}, as the log says ({action})</source>
        <extracomment>scope.last_used_matches</extracomment>
        <translation>Der Anbieter bestätigt den Missbrauch: zuletzt benutzt um {time} mit {service}, wie das Log sagt ({action})</translation>
    </message>
    <message>
        <source>The provider&apos;s record does not confirm the misuse</source>
        <extracomment>scope.not_confirmed</extracomment>
        <translation>Die Angaben des Anbieters bestätigen den Missbrauch nicht</translation>
    </message>
    <message>
        <source>The provider no longer has it</source>
        <extracomment>scope.not_there</extracomment>
        <translation>Der Anbieter hat es nicht mehr</translation>
    </message>
    <message>
        <source>EXERCISE: the answer is simulated and counts only here</source>
        <extracomment>scope.simulated</extracomment>
        <translation>ÜBUNG: die Antwort ist simuliert und zählt nur hier</translation>
    </message>
    <message>
        <source>halted</source>
        <extracomment>state.halted</extracomment>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>it may only observe</source>
        <extracomment>state.observe_only</extracomment>
        <translation>er darf nur beobachten</translation>
    </message>
    <message>
        <source>the halt file cannot be read</source>
        <extracomment>state.unreadable</extracomment>
        <translation>die Haltedatei kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Delete the account {target}</source>
        <extracomment>step.account_delete.intruder
----------
step.by_person:account.delete</extracomment>
        <translation>Konto {target} löschen</translation>
    </message>
    <message>
        <source>Suspend {target}</source>
        <extracomment>step.account_suspend
----------
step.by_person:account.suspend</extracomment>
        <translation>{target} sperren</translation>
    </message>
    <message>
        <source>Open a change record</source>
        <extracomment>step.by_person:change.open
----------
step.change_open</extracomment>
        <translation>Einen Änderungsvermerk anlegen</translation>
    </message>
    <message>
        <source>Confirm that {target} is quiet</source>
        <extracomment>step.confirm_quiet</extracomment>
        <translation>Bestätigen, dass {target} still ist</translation>
    </message>
    <message>
        <source>Deactivate the new key</source>
        <extracomment>step.credential_deactivate.intruder</extracomment>
        <translation>Den neuen Schlüssel abschalten</translation>
    </message>
    <message>
        <source>Deactivate the misused key</source>
        <extracomment>step.credential_deactivate.original</extracomment>
        <translation>Den missbrauchten Schlüssel abschalten</translation>
    </message>
    <message>
        <source>Delete the new key</source>
        <extracomment>step.credential_delete.intruder</extracomment>
        <translation>Den neuen Schlüssel löschen</translation>
    </message>
    <message>
        <source>Replace the misused key</source>
        <extracomment>step.credential_replace.original</extracomment>
        <translation>Den missbrauchten Schlüssel ersetzen</translation>
    </message>
    <message>
        <source>Detach policy {object}</source>
        <extracomment>step.policy_detach</extracomment>
        <translation>Richtlinie {object} ablösen</translation>
    </message>
    <message>
        <source>Preserve the state of key {target}</source>
        <extracomment>step.preserve.credential</extracomment>
        <translation>Den Zustand des Schlüssels {target} sichern</translation>
    </message>
    <message>
        <source>Preserve the state of {target}</source>
        <extracomment>step.preserve.identity
----------
step.preserve.secret
----------
step.preserve.workload</extracomment>
        <translation>Den Zustand von {target} sichern</translation>
    </message>
    <message>
        <source>Revoke the sessions of {target}</source>
        <extracomment>step.by_person:session.revoke
----------
step.session_revoke.account
----------
step.session_revoke.role</extracomment>
        <translation>Die Sitzungen von {target} widerrufen</translation>
    </message>
    <message>
        <source>Restore the trust policy of {target}</source>
        <extracomment>step.by_person:trust.restore
----------
step.trust_restore</extracomment>
        <translation>Die Vertrauensrichtlinie von {target} wiederherstellen</translation>
    </message>
    <message>
        <source>Isolate {target}</source>
        <extracomment>step.by_person:workload.isolate
----------
step.workload_isolate</extracomment>
        <translation>{target} isolieren</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|made the account {what}|made {n} accounts: {what}}.</source>
        <extracomment>story.account_made</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|das Konto {what} angelegt|{n} Konten angelegt: {what}}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make the account {what}; {n|the call was|every call was} denied.</source>
        <extracomment>story.account_made_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, das Konto {what} anzulegen; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make the account {what}; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.account_made_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, das Konto {what} anzulegen; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>Read by the agent with parts hidden under its mandate: {count} records.</source>
        <extracomment>story.agent_redacted</extracomment>
        <translation>Vom Agenten gelesen, nach seinem Mandat mit verborgenen Teilen: {count} Einträge.</translation>
    </message>
    <message>
        <source>Not seen by the agent under its mandate: {count} records of {source}.</source>
        <extracomment>story.agent_unseen</extracomment>
        <translation>Vom Agenten nach seinem Mandat nicht gesehen: {count} Einträge von {source}.</translation>
    </message>
    <message>
        <source>At {from} {actor} (key {via}) called {action} from {address}.</source>
        <extracomment>story.begins</extracomment>
        <translation>Um {from} hat {actor} (Schlüssel {via}) {action} von {address} aufgerufen.</translation>
    </message>
    <message>
        <source>At {from} {actor} called {action}.</source>
        <extracomment>story.begins_bare</extracomment>
        <translation>Um {from} hat {actor} {action} aufgerufen.</translation>
    </message>
    <message>
        <source>At {from} a sign-in as {actor} from {address} was refused.</source>
        <extracomment>story.begins_refused</extracomment>
        <translation>Um {from} wurde eine Anmeldung als {actor} von {address} abgewiesen.</translation>
    </message>
    <message>
        <source>At {from} a sign-in as {actor} was refused.</source>
        <extracomment>story.begins_refused_no_address</extracomment>
        <translation>Um {from} wurde eine Anmeldung als {actor} abgewiesen.</translation>
    </message>
    <message>
        <source>The session {session}{own|| of {what}} was opened at {from} by {actor} (key {via}).</source>
        <extracomment>story.session_opened</extracomment>
        <translation>Die Sitzung {session}{own|| von {what}} hat {actor} (Schlüssel {via}) um {from} geöffnet.</translation>
    </message>
    <message>
        <source>The session {session}{own|| of {what}} was opened at {from} by {actor}.</source>
        <extracomment>story.session_opened_bare</extracomment>
        <translation>Die Sitzung {session}{own|| von {what}} hat {actor} um {from} geöffnet.</translation>
    </message>
    <message>
        <source>At {from} {actor} (key {via}) called {action}.</source>
        <extracomment>story.begins_no_address</extracomment>
        <translation>Um {from} hat {actor} (Schlüssel {via}) {action} aufgerufen.</translation>
    </message>
    <message>
        <source>At {from} {actor} called {action} from {address}.</source>
        <extracomment>story.begins_no_credential</extracomment>
        <translation>Um {from} hat {actor} {action} von {address} aufgerufen.</translation>
    </message>
    <message>
        <source>At {from} {action} was called; the record names nobody.</source>
        <extracomment>story.begins_nobody</extracomment>
        <translation>Um {from} wurde {action} aufgerufen; der Eintrag nennt niemanden.</translation>
    </message>
    <message>
        <source>At {from} {action} was called from {address}; the record names nobody.</source>
        <extracomment>story.begins_nobody_from</extracomment>
        <translation>Um {from} wurde {action} von {address} aufgerufen; der Eintrag nennt niemanden.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|deleted {what}|deleted {n} things, first {what}}.</source>
        <extracomment>story.deleted</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|{what}|{n} Dinge} gelöscht{n||, zuerst {what}}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} delete {what}; {n|the call was|every call was} denied.</source>
        <extracomment>story.deleted_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, {what} zu löschen; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} delete {what}; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.deleted_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, {what} zu löschen; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {n|a record|{n} records} of another product&apos;s findings matched “{rule}” (first {action}).</source>
        <extracomment>story.finding_matched</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} {n|traf ein Eintrag|trafen {n} Einträge} aus den Befunden eines anderen Produkts auf „{rule}“ zu (zuerst {action}).</translation>
    </message>
    <message>
        <source>{n|One other identity change|{n} other identity changes} outside the incident since {from}.</source>
        <extracomment>story.identity_changes_earlier</extracomment>
        <translation>{n|Eine weitere Identitätsänderung|{n} weitere Identitätsänderungen} außerhalb des Vorfalls seit {from}.</translation>
    </message>
    <message>
        <source>After the last alert, until {to}: {after|one identity change|{after} identity changes}.</source>
        <extracomment>story.identity_changes_after</extracomment>
        <translation>Nach dem letzten Alarm, bis {to}: {after|eine Identitätsänderung|{after} Identitätsänderungen}.</translation>
    </message>
    <message>
        <source>The list is cut: it holds {listed} of {found} identity changes, the gravest.</source>
        <extracomment>story.identity_changes_cut</extracomment>
        <translation>Die Liste ist gekürzt: sie enthält {listed} von {found} Identitätsänderungen, die schwersten.</translation>
    </message>
    <message>
        <source>The list is cut: it holds {listed} identity changes, the gravest of {found} that were read; the log holds more.</source>
        <extracomment>story.identity_changes_unread</extracomment>
        <translation>Die Liste ist gekürzt: sie enthält {listed} Identitätsänderungen, die schwersten von {found} gelesenen; das Protokoll enthält mehr.</translation>
    </message>
    <message>
        <source>Identity changes: {n|one|{n}} in the incident, {before|one|{before}} outside it since {from}.</source>
        <extracomment>story.identity_changes_inside</extracomment>
        <translation>Identitätsänderungen: {n|eine|{n}} im Vorfall, {before|eine|{before}} außerhalb seit {from}.</translation>
    </message>
    <message>
        <source>Identity changes: none could be looked for; the records of the case begin at {from}, after the incident.</source>
        <extracomment>story.identity_changes_no_log</extracomment>
        <translation>Identitätsänderungen: es konnte keine gesucht werden; die Einträge des Falls beginnen um {from}, nach dem Vorfall.</translation>
    </message>
    <message>
        <source>Identity changes: none found; the incident begins at an unknown time, so none before it could be looked for.</source>
        <extracomment>story.identity_changes_no_time</extracomment>
        <translation>Identitätsänderungen: keine gefunden; der Vorfall beginnt zu unbekannter Zeit, also konnte davor keine gesucht werden.</translation>
    </message>
    <message>
        <source>Identity changes: none found for anyone involved, from {from} to {to}.</source>
        <extracomment>story.identity_changes_none</extracomment>
        <translation>Identitätsänderungen: für keine beteiligte Person oder Sache gefunden, von {from} bis {to}.</translation>
    </message>
    <message>
        <source>Identity changes: {n|one|{n}} in the incident, none found before it back to {from}.</source>
        <extracomment>story.identity_changes_only_inside</extracomment>
        <translation>Identitätsänderungen: {n|eine|{n}} im Vorfall, davor bis zurück zu {from} keine gefunden.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|made the key {what} for {subject}|made {n} keys for {subject}}.</source>
        <extracomment>story.key_made</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|den Schlüssel {what} für {subject} angelegt|{n} Schlüssel für {subject} angelegt}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make a key for {subject}; {n|the call was|every call was} denied.</source>
        <extracomment>story.key_made_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, einen Schlüssel für {subject} anzulegen; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make a key for {subject}; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.key_made_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, einen Schlüssel für {subject} anzulegen; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|(key {via}) made a second key {what} for itself|made {n} keys for itself}.</source>
        <extracomment>story.key_made_self</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|(Schlüssel {via}) einen zweiten Schlüssel {what} für sich angelegt|{n} Schlüssel für sich angelegt}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make a key for itself; {n|the call was|every call was} denied.</source>
        <extracomment>story.key_made_self_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, einen Schlüssel für sich anzulegen; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make a key for itself; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.key_made_self_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, einen Schlüssel für sich anzulegen; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|weakened logging of {what} ({action})|weakened logging with {n} calls, first {action} on {what}}.</source>
        <extracomment>story.logging_impaired</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} die Protokollierung {n|von {what} geschwächt ({action})|mit {n} Aufrufen geschwächt, zuerst {action} auf {what}}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} weaken logging of {what} ({action}); {n|the call was|every call was} denied.</source>
        <extracomment>story.logging_impaired_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, die Protokollierung von {what} zu schwächen ({action}); {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} weaken logging of {what} ({action}); {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.logging_impaired_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, die Protokollierung von {what} zu schwächen ({action}); {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>At {from} the new key {key} was used from {address}: {n|one call|{n} calls}, {actions|one API name|{actions} API names}.</source>
        <extracomment>story.made_key_used</extracomment>
        <translation>Um {from} wurde der neue Schlüssel {key} von {address} benutzt: {n|ein Aufruf|{n} Aufrufe}, {actions|ein API-Name|{actions} API-Namen}.</translation>
    </message>
    <message>
        <source>At {from} the new key {key} was used: {n|one call|{n} calls}, {actions|one API name|{actions} API names}.</source>
        <extracomment>story.made_key_used_nowhere</extracomment>
        <translation>Um {from} wurde der neue Schlüssel {key} benutzt: {n|ein Aufruf|{n} Aufrufe}, {actions|ein API-Name|{actions} API-Namen}.</translation>
    </message>
    <message>
        <source>{n|One further act belongs|{n} further acts belong} to the incident: {actions}.</source>
        <extracomment>story.more</extracomment>
        <translation>{n|Eine weitere Handlung gehört|{n} weitere Handlungen gehören} zum Vorfall: {actions}.</translation>
    </message>
    <message>
        <source>{n|One further attempt came|{n} further attempts came} to nothing: {actions}.</source>
        <extracomment>story.more_tried</extracomment>
        <translation>{n|Ein weiterer Versuch schlug|{n} weitere Versuche schlugen} fehl: {actions}.</translation>
    </message>
    <message>
        <source>From {from} to {to} {keys|another new key was|{keys} further new keys were} used: {n|one call|{n} calls}, {actions|one API name|{actions} API names}.</source>
        <extracomment>story.made_keys_used</extracomment>
        <translation>Von {from} bis {to} {keys|wurde ein weiterer neuer Schlüssel|wurden {keys} weitere neue Schlüssel} benutzt: {n|ein Aufruf|{n} Aufrufe}, {actions|ein API-Name|{actions} API-Namen}.</translation>
    </message>
    <message>
        <source>{n|The one API name|All {n} API names} that {name} called {n|was|were} new for it; it had called {past|one|{past}} before.</source>
        <extracomment>story.all_actions_new</extracomment>
        <translation>{n|Der eine API-Name|Alle {n} API-Namen}, {n|den|die} {name} aufrief, {n|war|waren} neu für diese Identität; vorher hatte sie {past|einen|{past}} aufgerufen.</translation>
    </message>
    <message>
        <source>{n|The one address|All {n} addresses} that {name} came from {n|was|were} new for it; it had come from {past|one|{past}} before.</source>
        <extracomment>story.all_addresses_new</extracomment>
        <translation>{n|Die eine Adresse|Alle {n} Adressen}, von {n|der|denen} {name} kam, {n|war|waren} neu für diese Identität; vorher war sie von {past|einer|{past}} gekommen.</translation>
    </message>
    <message>
        <source>{n|One|{n}} of {all|one API name|{all} API names} {n|was|were} new for {name}, which had called {past|one|{past}} before.</source>
        <extracomment>story.new_actions</extracomment>
        <translation>{n|Einer|{n}} von {all|einem API-Namen|{all} API-Namen} {n|war|waren} neu für {name}, das vorher {past|einen|{past}} aufgerufen hatte.</translation>
    </message>
    <message>
        <source>The log holds no act of {name} before the incident, so it cannot say what is usual for it.</source>
        <extracomment>story.no_past</extracomment>
        <translation>Das Log enthält keine Handlung von {name} vor dem Vorfall, kann also nicht sagen, was üblich ist.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|gave {subject} a console password|gave {subject} a console password {n} times}.</source>
        <extracomment>story.password_set</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {subject} {n|ein Konsolenpasswort|{n}-mal ein Konsolenpasswort} gegeben.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} give {subject} a console password; {n|the call was|every call was} denied.</source>
        <extracomment>story.password_set_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, {subject} ein Konsolenpasswort zu geben; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} give {subject} a console password; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.password_set_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, {subject} ein Konsolenpasswort zu geben; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>{product} reported “{rule}”, seen {moment|at {from}|from {from} to {to}}{n|| ({n} records)}.</source>
        <extracomment>story.product_reported</extracomment>
        <translation>{product} meldete „{rule}“, gesehen {moment|um {from}|von {from} bis {to}}{n|| ({n} Einträge)}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|gave {subject} the rights of {what}|gave rights {n} times, among them {what} to {subject}}.</source>
        <extracomment>story.rights_given</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|{subject} die Rechte von {what} gegeben|{n}-mal Rechte gegeben, darunter {what} an {subject}}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} give {subject} the rights of {what}; {n|the call was|every call was} denied.</source>
        <extracomment>story.rights_given_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, {subject} die Rechte von {what} zu geben; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} give {subject} the rights of {what}; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.rights_given_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, {subject} die Rechte von {what} zu geben; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|made the role {what}|made {n} roles, first {what}}.</source>
        <extracomment>story.role_made</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|die Rolle {what} angelegt|{n} Rollen angelegt, zuerst {what}}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make the role {what}; {n|the call was|every call was} denied.</source>
        <extracomment>story.role_made_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, die Rolle {what} anzulegen; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make the role {what}; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.role_made_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, die Rolle {what} anzulegen; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {n|one sign-in was|{n} sign-ins were} refused{nowhere|| from {address}}, as {subject}.</source>
        <extracomment>story.sign_in_refused</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} {n|wurde eine Anmeldung|wurden {n} Anmeldungen}{nowhere|| von {address}} abgewiesen, als {subject}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {n|one call|{n} calls} by {actor} matched “{rule}” (first {action}).</source>
        <extracomment>story.rule_matched</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} {n|traf ein Aufruf|trafen {n} Aufrufe} von {actor} auf „{rule}“ zu (zuerst {action}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {n|one denied call|{n} denied calls} by {actor} matched “{rule}” (first {action}).</source>
        <extracomment>story.rule_matched_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} {n|traf ein verweigerter Aufruf|trafen {n} verweigerte Aufrufe} von {actor} auf „{rule}“ zu (zuerst {action}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {n|one failed call|{n} failed calls} by {actor} matched “{rule}” (first {action}: {error}).</source>
        <extracomment>story.rule_matched_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} {n|traf ein fehlgeschlagener Aufruf|trafen {n} fehlgeschlagene Aufrufe} von {actor} auf „{rule}“ zu (zuerst {action}: {error}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {n|one call|{n} calls} matched “{rule}” (first {action}); {n|the record names|the records name} nobody.</source>
        <extracomment>story.rule_matched_nobody</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} {n|traf ein Aufruf|trafen {n} Aufrufe} auf „{rule}“ zu (zuerst {action}); {n|der Eintrag nennt|die Einträge nennen} niemanden.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {n|one denied call|{n} denied calls} matched “{rule}” (first {action}); {n|the record names|the records name} nobody.</source>
        <extracomment>story.rule_matched_nobody_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} {n|traf ein verweigerter Aufruf|trafen {n} verweigerte Aufrufe} auf „{rule}“ zu (zuerst {action}); {n|der Eintrag nennt|die Einträge nennen} niemanden.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {n|one failed call|{n} failed calls} matched “{rule}” (first {action}: {error}); {n|the record names|the records name} nobody.</source>
        <extracomment>story.rule_matched_nobody_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} {n|traf ein fehlgeschlagener Aufruf|trafen {n} fehlgeschlagene Aufrufe} auf „{rule}“ zu (zuerst {action}: {error}); {n|der Eintrag nennt|die Einträge nennen} niemanden.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|read the secret {what}|read {n} secrets, first {what}}.</source>
        <extracomment>story.secrets_read</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|das Geheimnis {what} gelesen|{n} Geheimnisse gelesen, zuerst {what}}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} read the secret {what}; {n|the call was|every call was} denied.</source>
        <extracomment>story.secrets_read_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, das Geheimnis {what} zu lesen; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} read the secret {what}; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.secrets_read_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, das Geheimnis {what} zu lesen; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|opened a session of {what}|opened {n} sessions, first of {what}}.</source>
        <extracomment>story.session_minted</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|eine Sitzung von {what} eröffnet|{n} Sitzungen eröffnet, zuerst von {what}}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} open a session of {what}; {n|the call was|every call was} denied.</source>
        <extracomment>story.session_minted_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, eine Sitzung von {what} zu eröffnen; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} open a session of {what}; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.session_minted_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, eine Sitzung von {what} zu eröffnen; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|shared {what} with others|shared {n} things with others, first {what}}.</source>
        <extracomment>story.shared</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|{what} mit anderen geteilt|{n} Dinge mit anderen geteilt, zuerst {what}}.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} share {what} with others; {n|the call was|every call was} denied.</source>
        <extracomment>story.shared_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, {what} mit anderen zu teilen; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} share {what} with others; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.shared_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht, {what} mit anderen zu teilen; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>The log holds only {n|one act|{n} acts} of {name} before the incident: too little to say what is usual for it.</source>
        <extracomment>story.short_past</extracomment>
        <translation>Das Log enthält nur {n|eine Handlung|{n} Handlungen} von {name} vor dem Vorfall: zu wenig, um zu sagen, was üblich ist.</translation>
    </message>
    <message>
        <source>{n|One record|{n} records} of the incident {n|tells|tell} no time that can be read: when this happened, and what came before it, is unknown.</source>
        <extracomment>story.time_unknown</extracomment>
        <translation>{n|Ein Eintrag|{n} Einträge} des Vorfalls {n|nennt|nennen} keine lesbare Zeit: wann dies geschah und was davor kam, ist unbekannt.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} {n|changed who may assume {what}|changed {n} times who may assume {what}}.</source>
        <extracomment>story.trust_changed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n|geändert|{n}-mal geändert}, wer {what} annehmen darf.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} change who may assume {what}; {n|the call was|every call was} denied.</source>
        <extracomment>story.trust_changed_denied</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht zu ändern, wer {what} annehmen darf; {n|der Aufruf wurde|jeder Aufruf wurde} verweigert.</translation>
    </message>
    <message>
        <source>{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} change who may assume {what}; {n|the call failed|every call failed, first} ({error}).</source>
        <extracomment>story.trust_changed_failed</extracomment>
        <translation>{moment|Um {from}|Von {from} bis {to}} hat {actor} {n||{n}-mal }versucht zu ändern, wer {what} annehmen darf; {n|der Aufruf schlug fehl|jeder Aufruf schlug fehl, zuerst} ({error}).</translation>
    </message>
    <message>
        <source>This account made the suspicious calls.</source>
        <extracomment>why.account_suspend</extracomment>
        <translation>Dieses Konto hat die verdächtigen Aufrufe gemacht.</translation>
    </message>
    <message>
        <source>{person} put this step here: {why}</source>
        <extracomment>why.by_person</extracomment>
        <translation>{person} hat diesen Schritt hier eingefügt: {why}</translation>
    </message>
    <message>
        <source>Permanent steps are noted in a change record, so that others can check them.</source>
        <extracomment>why.change_record</extracomment>
        <translation>Dauerhafte Schritte werden in einem Änderungsvermerk notiert, damit andere sie prüfen können.</translation>
    </message>
    <message>
        <source>Containment counts when the log shows that the calls ended.</source>
        <extracomment>why.confirm_quiet</extracomment>
        <translation>Die Eindämmung zählt, wenn das Log zeigt, dass die Aufrufe aufgehört haben.</translation>
    </message>
    <message>
        <source>The incident made this credential; whoever holds it keeps access until it is off.</source>
        <extracomment>why.deactivate_intruder</extracomment>
        <translation>Der Vorfall hat diese Zugangsdaten angelegt; wer sie hat, behält den Zugang, bis sie abgeschaltet sind.</translation>
    </message>
    <message>
        <source>This key made the suspicious calls. For a long-term key only deactivation stops it.</source>
        <extracomment>why.deactivate_original</extracomment>
        <translation>Dieser Schlüssel hat die verdächtigen Aufrufe gemacht. Bei einem langlebigen Schlüssel hilft nur das Abschalten.</translation>
    </message>
    <message>
        <source>The incident made this account.</source>
        <extracomment>why.delete_account</extracomment>
        <translation>Der Vorfall hat dieses Konto angelegt.</translation>
    </message>
    <message>
        <source>Nobody needs the intruder&apos;s credential, and an account holds two keys at most.</source>
        <extracomment>why.delete_intruder</extracomment>
        <translation>Niemand braucht die Zugangsdaten des Eindringlings, und ein Konto hat höchstens zwei Schlüssel.</translation>
    </message>
    <message>
        <source>This right was attached during the incident.</source>
        <extracomment>why.policy_detach</extracomment>
        <translation>Dieses Recht wurde während des Vorfalls angehängt.</translation>
    </message>
    <message>
        <source>This right was attached shortly before the incident; whether it belongs to it is for people to say.</source>
        <extracomment>why.policy_detach_before</extracomment>
        <translation>Dieses Recht wurde kurz vor dem Vorfall angehängt; ob es dazugehört, sagen Menschen.</translation>
    </message>
    <message>
        <source>Evidence comes first: what the next steps change is recorded as it stands.</source>
        <extracomment>why.preserve</extracomment>
        <translation>Beweise zuerst: was die nächsten Schritte ändern, wird festgehalten, wie es ist.</translation>
    </message>
    <message>
        <source>Its rightful users need a new key before they can work again.</source>
        <extracomment>why.replace_original</extracomment>
        <translation>Die rechtmäßigen Benutzer brauchen einen neuen Schlüssel, bevor sie wieder arbeiten können.</translation>
    </message>
    <message>
        <source>Temporary credentials made from the key outlive it.</source>
        <extracomment>why.session_revoke_account</extracomment>
        <translation>Vorläufige Zugangsdaten aus dem Schlüssel überleben ihn.</translation>
    </message>
    <message>
        <source>The incident opened a session of this role, and a session outlives the key that opened it.</source>
        <extracomment>why.session_revoke_assumed</extracomment>
        <translation>Der Vorfall hat eine Sitzung dieser Rolle eröffnet, und eine Sitzung überlebt den Schlüssel, der sie eröffnet hat.</translation>
    </message>
    <message>
        <source>Sessions of this role made suspicious calls, and temporary credentials cannot be switched off one by one.</source>
        <extracomment>why.session_revoke_role</extracomment>
        <translation>Sitzungen dieser Rolle haben verdächtige Aufrufe gemacht, und vorläufige Zugangsdaten lassen sich nicht einzeln abschalten.</translation>
    </message>
    <message>
        <source>The trust policy was changed during the incident: others may assume this role.</source>
        <extracomment>why.trust_restore</extracomment>
        <translation>Die Vertrauensrichtlinie wurde während des Vorfalls geändert: andere dürfen diese Rolle annehmen.</translation>
    </message>
    <message>
        <source>This workload made the suspicious calls.</source>
        <extracomment>why.workload_isolate</extracomment>
        <translation>Diese Workload hat die verdächtigen Aufrufe gemacht.</translation>
    </message>
    <message>
        <source>A person has at most eight security keys.</source>
        <extracomment>approval.refused.security_key_limit</extracomment>
        <translation>Eine Person hat höchstens acht Sicherheitsschlüssel.</translation>
    </message>
    <message>
        <source>This person has a security key of that name; choose another.</source>
        <extracomment>approval.refused.security_key_named</extracomment>
        <translation>Diese Person hat einen Sicherheitsschlüssel dieses Namens; wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>This security key was somebody&apos;s before.</source>
        <extracomment>approval.refused.security_key_used</extracomment>
        <translation>Dieser Sicherheitsschlüssel gehörte schon jemandem.</translation>
    </message>
    <message>
        <source>The same is before people already.</source>
        <extracomment>approval.refused.already_pending</extracomment>
        <translation>Dasselbe liegt Menschen schon vor.</translation>
    </message>
    <message>
        <source>This was signed for another case.</source>
        <extracomment>approval.refused.case_other</extracomment>
        <translation>Dies wurde für einen anderen Fall unterschrieben.</translation>
    </message>
    <message>
        <source>Nothing is to be asked: the mandate&apos;s decision is another one.</source>
        <extracomment>approval.refused.nothing_to_ask</extracomment>
        <translation>Es ist nichts zu fragen: das Mandat entscheidet anders.</translation>
    </message>
    <message>
        <source>The sitting is another person&apos;s.</source>
        <extracomment>approval.refused.presence_other</extracomment>
        <translation>Die Anmeldung gehört einer anderen Person.</translation>
    </message>
    <message>
        <source>This sign-in was taken before; sign in again.</source>
        <extracomment>approval.refused.presence_used</extracomment>
        <translation>Diese Anmeldung wurde schon angenommen; melden Sie sich wieder an.</translation>
    </message>
    <message>
        <source>This was signed too long ago, or by a clock that is ahead.</source>
        <extracomment>approval.refused.too_old</extracomment>
        <translation>Dies wurde vor zu langer Zeit unterschrieben oder nach einer Uhr, die vorgeht.</translation>
    </message>
    <message>
        <source>{source} is added</source>
        <extracomment>ledger.source.added</extracomment>
        <translation>{source} wird hinzugefügt</translation>
    </message>
    <message>
        <source>cancelled: a step that it waits for failed</source>
        <extracomment>step.cancelled</extracomment>
        <translation>abgesagt: ein Schritt, auf den er wartet, schlug fehl</translation>
    </message>
    <message>
        <source>denied by {clauses}</source>
        <extracomment>step.denied_by</extracomment>
        <translation>abgelehnt durch {clauses}</translation>
    </message>
    <message>
        <source>waits for {step}, which did not succeed: skip that one to go on without it</source>
        <extracomment>step.waits.failed</extracomment>
        <translation>wartet auf {step}, der nicht gelang: jenen auslassen, um ohne ihn weiterzugehen</translation>
    </message>
    <message>
        <source>waits: nobody knows yet whether its condition holds</source>
        <extracomment>step.waits.condition</extracomment>
        <translation>wartet: noch weiß niemand, ob seine Bedingung zutrifft</translation>
    </message>
    <message>
        <source>left out: the condition that it stands under does not hold</source>
        <extracomment>step.branch_not_taken</extracomment>
        <translation>ausgelassen: die Bedingung, unter der er steht, trifft nicht zu</translation>
    </message>
    <message>
        <source>done before, says the ledger</source>
        <extracomment>step.done_before</extracomment>
        <translation>schon getan, sagt das Journal</translation>
    </message>
    <message>
        <source>lease ended, kept: a person confirmed the incident</source>
        <extracomment>step.lease_kept.confirmed</extracomment>
        <translation>Frist zu Ende, behalten: eine Person hat den Vorfall bestätigt</translation>
    </message>
    <message>
        <source>lease ended, kept: suspicious events came after it</source>
        <extracomment>step.lease_kept.events</extracomment>
        <translation>Frist zu Ende, behalten: danach kamen verdächtige Ereignisse</translation>
    </message>
    <message>
        <source>lease ended, kept: made by the incident, never given back by itself</source>
        <extracomment>step.lease_kept.made</extracomment>
        <translation>Frist zu Ende, behalten: vom Vorfall angelegt, wird nie von selbst zurückgegeben</translation>
    </message>
    <message>
        <source>lease ended, kept: {text}</source>
        <extracomment>step.lease_kept.other</extracomment>
        <translation>Frist zu Ende, behalten: {text}</translation>
    </message>
    <message>
        <source>left to people: the agent may not decide what belongs to an incident ({clause})</source>
        <extracomment>step.left_to_people</extracomment>
        <translation>Menschen überlassen: der Agent darf nicht entscheiden, was zu einem Vorfall gehört ({clause})</translation>
    </message>
    <message>
        <source>{person}: {text}</source>
        <extracomment>step.person_said</extracomment>
        <translation>{person}: {text}</translation>
    </message>
    <message>
        <source>the request ended: it was used</source>
        <extracomment>step.request.consumed</extracomment>
        <translation>die Anfrage ist zu Ende: sie wurde benutzt</translation>
    </message>
    <message>
        <source>the request ended: denied</source>
        <extracomment>step.request.denied</extracomment>
        <translation>die Anfrage ist zu Ende: abgelehnt</translation>
    </message>
    <message>
        <source>the request ended: it ran out of time</source>
        <extracomment>step.request.expired</extracomment>
        <translation>die Anfrage ist zu Ende: sie lief ab</translation>
    </message>
    <message>
        <source>the request ended: it does not count any more</source>
        <extracomment>step.request.void</extracomment>
        <translation>die Anfrage ist zu Ende: sie zählt nicht mehr</translation>
    </message>
    <message>
        <source>{text}</source>
        <extracomment>step.said</extracomment>
        <translation>{text}</translation>
    </message>
    <message>
        <source>the session is paused: {connector} failed twice in a row</source>
        <extracomment>step.session_paused</extracomment>
        <translation>die Sitzung ist unterbrochen: {connector} schlug zweimal in Folge fehl</translation>
    </message>
    <message>
        <source>taken back by {person}</source>
        <extracomment>step.taken_back</extracomment>
        <translation>zurückgenommen von {person}</translation>
    </message>
    <message>
        <source>the target is not there any more</source>
        <extracomment>step.target_gone</extracomment>
        <translation>das Ziel ist nicht mehr da</translation>
    </message>
    <message>
        <source>waits for {what}</source>
        <extracomment>step.waits.for</extracomment>
        <translation>wartet auf {what}</translation>
    </message>
    <message>
        <source>waits: the agent is halted</source>
        <extracomment>step.waits.halted</extracomment>
        <translation>wartet: der Agent ist angehalten</translation>
    </message>
    <message>
        <source>waits: what it looked at was taken back</source>
        <extracomment>step.waits.undone</extracomment>
        <translation>wartet: was es prüfte, wurde zurückgenommen</translation>
    </message>
    <message>
        <source>Suspicious secret access from a workload</source>
        <extracomment>playbook.secret_access_from_workload</extracomment>
        <translation>Verdächtiger Zugriff auf Geheimnisse von einem Workload</translation>
    </message>
    <message>
        <source>Exposed secret</source>
        <extracomment>playbook.exposed_secret</extracomment>
        <translation>Offengelegtes Geheimnis</translation>
    </message>
    <message>
        <source>Close the policy of {target}</source>
        <extracomment>step.secret_close</extracomment>
        <translation>Richtlinie von {target} schließen</translation>
    </message>
    <message>
        <source>Give {target} a new version</source>
        <extracomment>step.by_person:secret.add_version
----------
step.secret_add_version</extracomment>
        <translation>{target} eine neue Version geben</translation>
    </message>
    <message>
        <source>Switch off the old version of {target}</source>
        <extracomment>step.by_person:secret.retire_version
----------
step.secret_retire</extracomment>
        <translation>Alte Version von {target} abschalten</translation>
    </message>
    <message>
        <source>Delete the old version of {target}</source>
        <extracomment>step.by_person:secret.delete_version
----------
step.secret_delete</extracomment>
        <translation>Alte Version von {target} löschen</translation>
    </message>
    <message>
        <source>Move {target} to the new version of {object}</source>
        <extracomment>step.dependent_update</extracomment>
        <translation>{target} auf die neue Version von {object} umstellen</translation>
    </message>
    <message>
        <source>Bring {target} back</source>
        <extracomment>step.by_person:workload.release
----------
step.workload_release</extracomment>
        <translation>{target} wieder zulassen</translation>
    </message>
    <message>
        <source>Note the outcome in the change record</source>
        <extracomment>step.change_note</extracomment>
        <translation>Ergebnis im Änderungseintrag vermerken</translation>
    </message>
    <message>
        <source>waits until these checks pass: {what}</source>
        <extracomment>step.waits.checks</extracomment>
        <translation>wartet, bis diese Prüfungen bestanden sind: {what}</translation>
    </message>
    <message>
        <source>The intruder read this secret, and knows its value until it has another.</source>
        <extracomment>why.secret_read</extracomment>
        <translation>Der Eindringling hat dieses Geheimnis gelesen und kennt seinen Wert, bis es einen anderen hat.</translation>
    </message>
    <message>
        <source>What depends on it waits. It comes back when its image and roles are its own, the secrets are new and it was quiet.</source>
        <extracomment>why.workload_release</extracomment>
        <translation>Was davon abhängt, wartet. Es kommt zurück, wenn Image und Rollen die eigenen sind, die Geheimnisse neu sind und es ruhig war.</translation>
    </message>
    <message>
        <source>As long as its policy lets others in, a new value is no secret either.</source>
        <extracomment>why.secret_policy</extracomment>
        <translation>Solange seine Richtlinie andere einlässt, ist auch ein neuer Wert kein Geheimnis.</translation>
    </message>
    <message>
        <source>Others could read this secret. The old value goes on working until everybody who needs it has the new one.</source>
        <extracomment>why.secret_exposed</extracomment>
        <translation>Andere konnten dieses Geheimnis lesen. Der alte Wert gilt weiter, bis alle, die ihn brauchen, den neuen haben.</translation>
    </message>
    <message>
        <source>It uses this secret, and would stop when the old version is switched off.</source>
        <extracomment>why.dependent_update</extracomment>
        <translation>Es nutzt dieses Geheimnis und bliebe stehen, wenn die alte Version abgeschaltet wird.</translation>
    </message>
    <message>
        <source>Nobody needs the old value any more, but those who should not have it.</source>
        <extracomment>why.secret_retire</extracomment>
        <translation>Den alten Wert braucht niemand mehr außer denen, die ihn nicht haben sollen.</translation>
    </message>
    <message>
        <source>Nobody missed the old value while it was off.</source>
        <extracomment>why.secret_delete</extracomment>
        <translation>Niemand hat den alten Wert vermisst, während er abgeschaltet war.</translation>
    </message>
    <message>
        <source>Whoever checks the blast radius reads what was done, what failed and who agreed.</source>
        <extracomment>why.change_note</extracomment>
        <translation>Wer die Auswirkungen prüft, liest, was getan wurde, was fehlschlug und wer zugestimmt hat.</translation>
    </message>
    <message>
        <source>Depends on {what}, by the word of its own system</source>
        <extracomment>member.depends_on</extracomment>
        <translation>Hängt von {what} ab, sagt sein eigenes System</translation>
    </message>
    <message>
        <source>{title}: left out: its playbook&apos;s condition does not hold</source>
        <extracomment>ledger.step.left_out</extracomment>
        <translation>{title}: ausgelassen: die Bedingung seines Playbooks gilt nicht</translation>
    </message>
    <message>
        <source>An assistant proposed this and {person} took it: {why}</source>
        <extracomment>why.by_assistant</extracomment>
        <translation>Ein Assistent schlug dies vor und {person} übernahm es: {why}</translation>
    </message>
    <message>
        <source>A proposed sequence was taken: {why}</source>
        <extracomment>ledger.sequence.accepted</extracomment>
        <translation>Eine vorgeschlagene Abfolge wurde übernommen: {why}</translation>
    </message>
    <message>
        <source>waits for {people|one person|{people} people} to take the incident on ({clause})</source>
        <extracomment>step.waits.people</extracomment>
        <translation>wartet darauf, dass {people|eine Person|{people} Personen} den Vorfall übernehmen ({clause})</translation>
    </message>
    <message>
        <source>waits for a free agent session</source>
        <extracomment>step.waits.session</extracomment>
        <translation>wartet auf eine freie Sitzung des Agenten</translation>
    </message>
    <message>
        <source>it is not known whether this was taken back: looked at again by itself, or undo it again</source>
        <extracomment>step.undo_unknown</extracomment>
        <translation>ob dies zurückgenommen wurde, ist nicht bekannt: es wird von selbst erneut nachgesehen, oder erneut zurücknehmen</translation>
    </message>
    <message>
        <source>not taken back: {text}</source>
        <extracomment>step.not_taken_back</extracomment>
        <translation>nicht zurückgenommen: {text}</translation>
    </message>
    <message>
        <source>its loop ended: the condition still held after {rounds} rounds</source>
        <extracomment>step.loop_spent</extracomment>
        <translation>seine Schleife endete: die Bedingung galt nach {rounds} Runden noch</translation>
    </message>
    <message>
        <source>waits: its mandate is looked at again, or does not hold any more</source>
        <extracomment>step.waits.mandate</extracomment>
        <translation>wartet: das Mandat wird neu geprüft oder gilt nicht mehr</translation>
    </message>
    <message>
        <source>waits until somebody signs in again: the machine was restarted or its clock jumped</source>
        <extracomment>step.waits.sign_in</extracomment>
        <translation>wartet, bis sich wieder jemand anmeldet: der Rechner wurde neu gestartet oder seine Uhr sprang</translation>
    </message>
    <message>
        <source>No room to write the case ({why}): the agent is paused and nothing is lost; make room, and it goes on by itself</source>
        <extracomment>engine.disk_full</extracomment>
        <translation>Kein Platz, um den Fall zu schreiben ({why}): Der Agent pausiert, und nichts ist verloren; schaffen Sie Platz, und er macht von selbst weiter</translation>
    </message>
    <message>
        <source>There is room again: the agent goes on</source>
        <extracomment>engine.disk_has_room</extracomment>
        <translation>Es ist wieder Platz: Der Agent macht weiter</translation>
    </message>
    <message>
        <source>The index of this case was made anew from ledger and evidence: {why}.{aside}</source>
        <extracomment>engine.index_rebuilt</extracomment>
        <translation>Der Index dieses Falls wurde aus Journal und Beweismitteln neu gemacht: {why}.{aside}</translation>
    </message>
    <message>
        <source>A reply to {request} in the name of {claimed_by} was refused: {why}</source>
        <extracomment>ledger.approval.refused.claimed</extracomment>
        <translation>Eine Antwort auf {request} im Namen von {claimed_by} wurde abgelehnt: {why}</translation>
    </message>
    <message>
        <source>The disk was full and the agent paused until here</source>
        <extracomment>ledger.case.room_again</extracomment>
        <translation>Der Datenträger war voll, und der Agent pausierte bis hier</translation>
    </message>
    <message>
        <source>Encrypted evidence erased lawfully: its key was taken away</source>
        <extracomment>ledger.evidence.erased</extracomment>
        <translation>Verschlüsseltes Beweismittel rechtmäßig gelöscht: Sein Schlüssel wurde entfernt</translation>
    </message>
    <message>
        <source>Evidence put under legal hold</source>
        <extracomment>ledger.evidence.held</extracomment>
        <translation>Beweismittel unter Löschsperre gestellt</translation>
    </message>
    <message>
        <source>Evidence taken over, every byte checked</source>
        <extracomment>ledger.evidence.received</extracomment>
        <translation>Beweismittel übernommen, jedes Byte geprüft</translation>
    </message>
    <message>
        <source>Legal hold lifted</source>
        <extracomment>ledger.evidence.released</extracomment>
        <translation>Löschsperre aufgehoben</translation>
    </message>
    <message>
        <source>Evidence handed over to {to}</source>
        <extracomment>ledger.evidence.transferred</extracomment>
        <translation>Beweismittel übergeben an {to}</translation>
    </message>
    <message>
        <source>The incident was closed as benign: {why}</source>
        <extracomment>ledger.incident.closed.benign</extracomment>
        <translation>Der Vorfall wurde als harmlos geschlossen: {why}</translation>
    </message>
    <message>
        <source>The incident was closed as a false positive: {why}</source>
        <extracomment>ledger.incident.closed.false_positive</extracomment>
        <translation>Der Vorfall wurde als Fehlalarm geschlossen: {why}</translation>
    </message>
    <message>
        <source>The incident was closed as a true positive: {why}</source>
        <extracomment>ledger.incident.closed.true_positive</extracomment>
        <translation>Der Vorfall wurde als echter Treffer geschlossen: {why}</translation>
    </message>
    <message>
        <source>The incident was opened again: {why}</source>
        <extracomment>ledger.incident.reopened</extracomment>
        <translation>Der Vorfall wurde wieder geöffnet: {why}</translation>
    </message>
    <message>
        <source>The incident was opened again: {alerts} alerts, {alerts_before} when it was closed</source>
        <extracomment>ledger.incident.reopened.alerts</extracomment>
        <translation>Der Vorfall wurde wieder geöffnet: {alerts} Alarme, {alerts_before} beim Schließen</translation>
    </message>
    <message>
        <source>What the index holds was kept beside it</source>
        <extracomment>ledger.index.kept</extracomment>
        <translation>Was der Index enthält, wurde daneben gesichert</translation>
    </message>
    <message>
        <source>waits</source>
        <extracomment>approval.state.pending
----------
effect.hold.other</extracomment>
        <translation>wartet</translation>
    </message>
    <message>
        <source>The settings of the real systems cannot be used: {why}</source>
        <extracomment>connection.bad_settings</extracomment>
        <translation>Die Einstellungen der echten Systeme sind nicht zu gebrauchen: {why}</translation>
    </message>
    <message>
        <source>The agent of this installation has no key yet: it is made when a real case is opened for the first time</source>
        <extracomment>connection.no_key</extracomment>
        <translation>Der Agent dieser Installation hat noch keinen Schlüssel: er entsteht, wenn zum ersten Mal ein echter Fall geöffnet wird</translation>
    </message>
    <message>
        <source>Owners put no mandate in force for this agent and environment {environment}</source>
        <extracomment>connection.no_mandate</extracomment>
        <translation>Für diesen Agenten und die Umgebung {environment} haben Verantwortliche kein Mandat in Kraft gesetzt</translation>
    </message>
    <message>
        <source>No settings of real systems: {file} is not there</source>
        <extracomment>connection.no_settings</extracomment>
        <translation>Keine Einstellungen echter Systeme: {file} gibt es nicht</translation>
    </message>
    <message>
        <source>No credentials of these systems are kept: cordonctl connect keep makes their vault</source>
        <extracomment>connection.no_vault</extracomment>
        <translation>Zugangsdaten dieser Systeme sind nicht hinterlegt: cordonctl connect keep legt ihren Tresor an</translation>
    </message>
    <message>
        <source>Halting has to be practised again within 14 days: an exercise is the place for it, by Drill… on the Agent screen</source>
        <extracomment>drill.due_soon.exercise</extracomment>
        <translation>Das Anhalten ist binnen 14 Tagen wieder zu üben: dafür ist eine Übung der Ort, mit Halteübung … auf der Seite Agent</translation>
    </message>
    <message>
        <source>Halting was not practised in the last 90 days: an exercise is the place for it, by Drill… on the Agent screen</source>
        <extracomment>drill.overdue.exercise</extracomment>
        <translation>Das Anhalten wurde in den letzten 90 Tagen nicht geübt: dafür ist eine Übung der Ort, mit Halteübung … auf der Seite Agent</translation>
    </message>
    <message>
        <source>Let {target} go on</source>
        <extracomment>step.by_person:account.resume</extracomment>
        <translation>{target} wieder zulassen</translation>
    </message>
    <message>
        <source>Watch {target}</source>
        <extracomment>step.by_person:activity.watch</extracomment>
        <translation>{target} beobachten</translation>
    </message>
    <message>
        <source>Block {target}</source>
        <extracomment>step.by_person:address.block</extracomment>
        <translation>{target} blockieren</translation>
    </message>
    <message>
        <source>Unblock {target}</source>
        <extracomment>step.by_person:address.unblock</extracomment>
        <translation>{target} freigeben</translation>
    </message>
    <message>
        <source>Note in the change record</source>
        <extracomment>step.by_person:change.note</extracomment>
        <translation>Im Änderungseintrag vermerken</translation>
    </message>
    <message>
        <source>Revoke a consent of {target}</source>
        <extracomment>step.by_person:consent.revoke</extracomment>
        <translation>Eine Zustimmung von {target} widerrufen</translation>
    </message>
    <message>
        <source>Activate {target} again</source>
        <extracomment>step.by_person:credential.activate</extracomment>
        <translation>{target} wieder einschalten</translation>
    </message>
    <message>
        <source>Deactivate {target}</source>
        <extracomment>step.by_person:credential.deactivate</extracomment>
        <translation>{target} abschalten</translation>
    </message>
    <message>
        <source>Delete {target}</source>
        <extracomment>step.by_person:credential.delete</extracomment>
        <translation>{target} löschen</translation>
    </message>
    <message>
        <source>Replace {target}</source>
        <extracomment>step.by_person:credential.replace</extracomment>
        <translation>{target} ersetzen</translation>
    </message>
    <message>
        <source>Update the configuration of {target}</source>
        <extracomment>step.by_person:dependent.update</extracomment>
        <translation>Konfiguration von {target} aktualisieren</translation>
    </message>
    <message>
        <source>Collect evidence about {target}</source>
        <extracomment>step.by_person:evidence.collect</extracomment>
        <translation>Beweise zu {target} sammeln</translation>
    </message>
    <message>
        <source>Take a snapshot of {target}</source>
        <extracomment>step.by_person:evidence.snapshot</extracomment>
        <translation>Abbild von {target} machen</translation>
    </message>
    <message>
        <source>Remove a grant from {target}</source>
        <extracomment>step.by_person:grant.remove</extracomment>
        <translation>Ein Recht von {target} entfernen</translation>
    </message>
    <message>
        <source>Inspect {target}</source>
        <extracomment>step.by_person:inventory.read</extracomment>
        <translation>{target} ansehen</translation>
    </message>
    <message>
        <source>Detach a policy from {target}</source>
        <extracomment>step.by_person:policy.detach</extracomment>
        <translation>Eine Richtlinie von {target} lösen</translation>
    </message>
    <message>
        <source>Destroy {target}</source>
        <extracomment>step.by_person:token.destroy</extracomment>
        <translation>{target} vernichten</translation>
    </message>
    <message>
        <source>Terminate {target}</source>
        <extracomment>step.by_person:workload.terminate</extracomment>
        <translation>{target} beenden</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::ExportDialog</name>
    <message>
        <source>Report to read in a browser (HTML)</source>
        <translation>Bericht zum Lesen im Browser (HTML)</translation>
    </message>
    <message>
        <source>Report to print (PDF)</source>
        <translation>Bericht zum Drucken (PDF)</translation>
    </message>
    <message>
        <source>Timeline for Timesketch (JSON lines)</source>
        <translation>Zeitleiste für Timesketch (JSON-Zeilen)</translation>
    </message>
    <message>
        <source>Timeline for Timesketch (CSV)</source>
        <translation>Zeitleiste für Timesketch (CSV)</translation>
    </message>
    <message>
        <source>Findings and acts for a SIEM (OCSF)</source>
        <translation>Funde und Taten für ein SIEM (OCSF)</translation>
    </message>
    <message>
        <source>Threat intelligence to share (STIX 2.1)</source>
        <translation>Bedrohungswissen zum Weitergeben (STIX 2.1)</translation>
    </message>
    <message>
        <source>What was executed, as a playbook (CACAO 2.0)</source>
        <translation>Was ausgeführt wurde, als Playbook (CACAO 2.0)</translation>
    </message>
    <message>
        <source>Custody of the evidence (CASE/UCO)</source>
        <translation>Verwahrung der Beweise (CASE/UCO)</translation>
    </message>
    <message>
        <source>Export the case</source>
        <translation>Fall ausgeben</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Ausgeben</translation>
    </message>
    <message>
        <source>End with what the verifier says now</source>
        <translation>Mit dem Urteil der Prüfung von jetzt enden</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>A&amp;ls</translation>
    </message>
    <message>
        <source>All incidents</source>
        <translation>Alle Vorfälle</translation>
    </message>
    <message>
        <source>&amp;Incident</source>
        <translation>&amp;Vorfall</translation>
    </message>
    <message>
        <source>A playbook of what was executed is of one incident.</source>
        <translation>Ein Playbook des Ausgeführten gehört zu einem einzigen Vorfall.</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>Zeit&amp;zone</translation>
    </message>
    <message>
        <source>Reports write their times so, and say which zone it is. Other formats are always UTC.</source>
        <translation>Berichte schreiben ihre Zeiten so und sagen, welche Zone es ist. Andere Formate sind immer UTC.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Name the file to be written.</source>
        <translation>Nennen Sie die Datei, die geschrieben werden soll.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Wird geschrieben …</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <comment>path</comment>
        <translation>Geschrieben: %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::ReplayDialog</name>
    <message>
        <source>Replay with other rules or another mandate</source>
        <translation>Mit anderen Regeln oder einem anderen Mandat durchspielen</translation>
    </message>
    <message>
        <source>&amp;Replay</source>
        <translation>&amp;Durchspielen</translation>
    </message>
    <message>
        <source>With Cordon’s &amp;own rules</source>
        <translation>Mit Cordons &amp;eigenen Regeln</translation>
    </message>
    <message>
        <source>The sealed logs are gone through again. The case is only read; what would differ is shown, and nothing acts.</source>
        <translation>Die versiegelten Logs werden noch einmal durchgegangen. Der Fall wird nur gelesen; gezeigt wird, was anders wäre, und nichts handelt.</translation>
    </message>
    <message>
        <source>&amp;Further rules</source>
        <translation>&amp;Weitere Regeln</translation>
    </message>
    <message>
        <source>A folder of Sigma rules, or one rule file; none: the own ones alone.</source>
        <translation>Ein Ordner mit Sigma-Regeln oder eine Regeldatei; nichts: nur die eigenen.</translation>
    </message>
    <message>
        <source>&amp;Mandate</source>
        <translation>&amp;Mandat</translation>
    </message>
    <message>
        <source>Mandates (*.yaml *.yml)</source>
        <translation>Mandate (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Past decisions are judged again under it.</source>
        <translation>Frühere Entscheidungen werden unter ihm noch einmal beurteilt.</translation>
    </message>
    <message>
        <source>What would differ</source>
        <translation>Was anders wäre</translation>
    </message>
    <message>
        <source>What would differ stands here.</source>
        <translation>Hier steht, was anders wäre.</translation>
    </message>
    <message>
        <source>Without any rule nothing would be found. Choose rules.</source>
        <translation>Ohne jede Regel würde nichts gefunden. Wählen Sie Regeln.</translation>
    </message>
    <message>
        <source>Going through the logs…</source>
        <translation>Die Logs werden durchgegangen …</translation>
    </message>
    <message>
        <source>Done. The case was not changed.</source>
        <translation>Fertig. Der Fall wurde nicht verändert.</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::SealDialog</name>
    <message>
        <source>Seal the case</source>
        <translation>Fall versiegeln</translation>
    </message>
    <message>
        <source>&amp;Seal</source>
        <translation>&amp;Versiegeln</translation>
    </message>
    <message>
        <source>Write a transfer sheet beside it, with hash and fingerprint as a QR code</source>
        <translation>Ein Übergabeblatt dazu schreiben, mit Prüfsumme und Fingerabdruck als QR-Code</translation>
    </message>
    <message>
        <source>The whole case</source>
        <translation>Der ganze Fall</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>&amp;Was</translation>
    </message>
    <message>
        <source>An incident goes with its own entries, the records that it cites, and a proof for each entry. What stays behind is counted.</source>
        <translation>Ein Vorfall geht mit seinen eigenen Einträgen, den Datensätzen, die er zitiert, und einem Nachweis für jeden Eintrag. Was zurückbleibt, wird gezählt.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Sealed cases (*.cordonz)</source>
        <translation>Versiegelte Fälle (*.cordonz)</translation>
    </message>
    <message>
        <source>The file is signed, and nothing in it can be changed unseen. It is not encrypted: who has it can read the case, but evidence that is encrypted stays so.</source>
        <translation>Die Datei ist unterschrieben, und nichts darin lässt sich unbemerkt ändern. Verschlüsselt ist sie nicht: wer sie hat, kann den Fall lesen; verschlüsselte Beweise bleiben es.</translation>
    </message>
    <message>
        <source>A sealed case’s name ends with .cordonz.</source>
        <translation>Der Name eines versiegelten Falls endet mit .cordonz.</translation>
    </message>
    <message>
        <source>There is a file of that name already; a sealed case is never replaced.</source>
        <translation>Eine Datei dieses Namens gibt es schon; ein versiegelter Fall wird nie ersetzt.</translation>
    </message>
    <message>
        <source>Signing the ledger…</source>
        <translation>Das Buch wird unterschrieben …</translation>
    </message>
    <message>
        <source>Sealed. Tell the receiver hash and fingerprint by another way than the file itself goes.</source>
        <translation>Versiegelt. Sagen Sie dem Empfänger Prüfsumme und Fingerabdruck auf einem anderen Weg, als die Datei selbst geht.</translation>
    </message>
    <message>
        <source>Sealed as far as the ledger was signed: another process holds the case, so that it is not noted there.</source>
        <translation>Versiegelt, so weit das Buch unterschrieben war: ein anderer Prozess hält den Fall, daher ist es dort nicht vermerkt.</translation>
    </message>
    <message>
        <source>SHA-256 of the file</source>
        <translation>SHA-256 der Datei</translation>
    </message>
    <message>
        <source>Fingerprint of the ledger’s key</source>
        <translation>Fingerabdruck des Schlüssels des Buchs</translation>
    </message>
    <message>
        <source>Ledger entries</source>
        <translation>Einträge im Buch</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::WorkDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Browse: %1</source>
        <translation>Durchsuchen: %1</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>Angehalten. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>incident and its title</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>CitedEvidence</name>
    <message>
        <source>Sealed log</source>
        <translation>Versiegeltes Log</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>Erkannt als</translation>
    </message>
    <message>
        <source>Cited</source>
        <translation>Zitiert</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>—</source>
        <translation>—</translation>
    </message>
    <message numerus="yes">
        <source>%n citation(s)</source>
        <translation>
            <numerusform>%n Zitat</numerusform>
            <numerusform>%n Zitate</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SystemRows</name>
    <message>
        <source>—</source>
        <translation>—</translation>
    </message>
    <message>
        <source>not connected here</source>
        <translation>hier nicht verbunden</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>connected, last call failed</source>
        <translation>verbunden, letzter Aufruf schlug fehl</translation>
    </message>
    <message>
        <source>connected, being asked</source>
        <translation>verbunden, wird gefragt</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>The next call starts another one</source>
        <translation>Der nächste Aufruf startet einen neuen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>time, error</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>Letzte Antwort</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>Mandant</translation>
    </message>
    <message>
        <source>Can do</source>
        <translation>Kann</translation>
    </message>
    <message numerus="yes">
        <source>%n verb(s)</source>
        <translation>
            <numerusform>%n Verb</numerusform>
            <numerusform>%n Verben</numerusform>
        </translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) wait</source>
        <translation>
            <numerusform>%n Aufruf wartet</numerusform>
            <numerusform>%n Aufrufe warten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::RolesDialog</name>
    <message>
        <source>Role %1</source>
        <translation>Rolle %1</translation>
    </message>
    <message>
        <source>Roles of %1</source>
        <translation>Rollen von %1</translation>
    </message>
    <message>
        <source>They count once an owner has signed; to make somebody an owner takes two.</source>
        <translation>Sie gelten, sobald eine verantwortliche Person unterschrieben hat; jemanden verantwortlich zu machen braucht zwei.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sign as owner…</source>
        <translation>Als Verantwortliche unterschreiben …</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::TrainingDialog</name>
    <message>
        <source>Training of %1</source>
        <translation>Schulung von %1</translation>
    </message>
    <message>
        <source>Without training nobody approves. It counts to the end of that day, UTC, once an owner has signed.</source>
        <translation>Ohne Schulung gibt niemand frei. Sie gilt bis zum Ende dieses Tages (UTC), sobald eine verantwortliche Person unterschrieben hat.</translation>
    </message>
    <message>
        <source>Trained until</source>
        <translation>Geschult bis</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sign as owner…</source>
        <translation>Als Verantwortliche unterschreiben …</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::VaultDialog</name>
    <message>
        <source>Open the systems’ credentials</source>
        <translation>Zugangsdaten der Systeme öffnen</translation>
    </message>
    <message>
        <source>Real systems: %1. Their credentials lie under a passphrase of their own; each is taken out for one call.</source>
        <translation>Echte Systeme: %1. Ihre Zugangsdaten liegen unter einer eigenen Passphrase; jedes wird für einen einzigen Aufruf herausgenommen.</translation>
    </message>
    <message>
        <source>Passphrase of the vault</source>
        <translation>Passphrase des Tresors</translation>
    </message>
    <message>
        <source>Keep it in this desktop’s keyring: every program of yours can then ask for it</source>
        <translation>Im Schlüsselbund dieses Desktops behalten: jedes Ihrer Programme kann dann danach fragen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open vault</source>
        <translation>Tresor öffnen</translation>
    </message>
    <message>
        <source>That passphrase does not open it.</source>
        <translation>Diese Passphrase öffnet ihn nicht.</translation>
    </message>
    <message>
        <source>The vault cannot be read: %1</source>
        <translation>Der Tresor ist nicht lesbar: %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::shell::RealBand</name>
    <message>
        <source>Systems…</source>
        <translation>Systeme …</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>Real systems</source>
        <translation>Echte Systeme</translation>
    </message>
    <message>
        <source>Connect the real systems of this case</source>
        <translation>Die echten Systeme dieses Falls verbinden</translation>
    </message>
    <message>
        <source>Show the real systems of this case</source>
        <translation>Die echten Systeme dieses Falls zeigen</translation>
    </message>
    <message>
        <source>What the agent does here happens, in %1: %2.</source>
        <comment>environment, systems</comment>
        <translation>Was der Agent hier tut, geschieht, in %1: %2.</translation>
    </message>
    <message>
        <source>They are being connected. Until then nothing is done.</source>
        <translation>Sie werden verbunden. Bis dahin geschieht nichts.</translation>
    </message>
    <message>
        <source>This case acts in %1: %2. The process that holds it does; this one looks on.</source>
        <comment>environment, systems</comment>
        <translation>Dieser Fall handelt in %1: %2. Das tut der Prozess, der ihn hält; dieser sieht zu.</translation>
    </message>
    <message>
        <source>This case acted in %1: %2. None is connected here, so nothing is done.</source>
        <comment>environment, systems</comment>
        <translation>Dieser Fall hat in %1 gehandelt: %2. Hier ist keines verbunden, also geschieht nichts.</translation>
    </message>
    <message>
        <source>Real systems: %1</source>
        <translation>Echte Systeme: %1</translation>
    </message>
</context>
<context>
    <name>cordon::ui::views::SystemsView</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funktioniert</translation>
    </message>
    <message>
        <source>As whom, or what is wrong</source>
        <translation>Als wer, oder was nicht stimmt</translation>
    </message>
    <message>
        <source>What the connection test found</source>
        <translation>Was die Verbindungsprobe ergab</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>Test connections…</source>
        <translation>Verbindungen prüfen …</translation>
    </message>
    <message>
        <source>Real systems</source>
        <translation>Echte Systeme</translation>
    </message>
    <message>
        <source>Connect real systems</source>
        <translation>Echte Systeme verbinden</translation>
    </message>
    <message>
        <source>Asks each system by calls that change nothing whether credential and way work</source>
        <translation>Fragt jedes System mit Aufrufen, die nichts ändern, ob Zugangsdaten und Weg taugen</translation>
    </message>
    <message>
        <source>Real systems of this case</source>
        <translation>Echte Systeme dieses Falls</translation>
    </message>
    <message>
        <source>No real system is connected</source>
        <translation>Kein echtes System ist verbunden</translation>
    </message>
    <message>
        <source>The agent proposes and does nothing. Systems are described in a settings file, owners put a mandate in force for their environment, and their credentials lie in a vault.</source>
        <translation>Der Agent schlägt vor und tut nichts. Systeme stehen in einer Einstellungsdatei, Verantwortliche setzen für ihre Umgebung ein Mandat in Kraft, und ihre Zugangsdaten liegen in einem Tresor.</translation>
    </message>
    <message>
        <source>the agent acts on them now, in %1</source>
        <comment>environment</comment>
        <translation>der Agent handelt jetzt an ihnen, in %1</translation>
    </message>
    <message>
        <source>this case acted on them; none is connected here, so nothing is done</source>
        <translation>dieser Fall hat an ihnen gehandelt; hier ist keines verbunden, also geschieht nichts</translation>
    </message>
    <message>
        <source>The agent acts on them from then on, under the mandate in force</source>
        <translation>Von da an handelt der Agent an ihnen, unter dem geltenden Mandat</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird geprüft …</translation>
    </message>
</context>
<context>
    <name>cordon::ui::dialogs::TransferDialog</name>
    <message>
        <source>Hand over evidence</source>
        <translation>Beweisstücke übergeben</translation>
    </message>
    <message>
        <source>You sign for handing it over. Until the other person has checked every byte and signed for taking it over, it is on its way and still yours.</source>
        <translation>Sie unterschreiben die Übergabe. Bis die andere Person jedes Byte geprüft und die Übernahme unterschrieben hat, ist es unterwegs und noch bei Ihnen.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>An wen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>person, roles</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
</context>
</TS>
