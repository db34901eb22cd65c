// SPDX-License-Identifier: MIT
#include "faultrig.h"
#include "testkit/certificates.h"
#include "testkit/testprogram.h"

#include <QFile>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using practice::Fault;
using practice::FaultKind;

namespace {

/// What a caller gets: "done", or the error's word.
using Sink = std::function<void(const QString &)>;

QString wordFor(const Error &error)
{
    const QString status = error.httpStatus == 0 ? QString() : u" %1"_s.arg(error.httpStatus);
    return nameOf(error.kind) + status;
}

/// Reports a call's outcome; `good` may look closer at a value.
template <typename T>
void report(
    FaultRig &rig, Call<T> *call, Sink sink,
    std::function<QString(const T &)> good = [](const T &) { return u"done"_s; })
{
    call->onDone(&rig.parent, [sink, good](const Result<T> &outcome) {
        sink(outcome ? good(*outcome) : wordFor(outcome.error()));
    });
}

void report(FaultRig &rig, Call<void> *call, Sink sink)
{
    call->onDone(&rig.parent, [sink](const Result<void> &outcome) {
        sink(outcome ? u"done"_s : wordFor(outcome.error()));
    });
}

QString onObject(const ConnectorObject &object)
{
    return object.foundAfterLostAnswer ? u"done, found again"_s : u"done"_s;
}

QString onBatch(const QList<BatchOutcome> &outcomes)
{
    for (const BatchOutcome &outcome : outcomes) {
        if (!outcome.record)
            return u"row: "_s + wordFor(outcome.record.error());
    }
    return u"done"_s;
}

/// One operation: which request of it the fault hits, how it is started, what it stores.
struct Operation
{
    QString name;
    QByteArray method;
    QString path; ///< A regular expression.
    std::function<void(FaultRig &, const Sink &)> run;
    std::function<bool(FaultRig &)> stored; ///< None: it stores nothing.
};

const QString newEmail = u"fault.table@example.com"_s;
const auto contacts = ObjectType::Contacts;

QList<Operation> readingOperations()
{
    return {
        {u"get"_s,
         "GET",
         u"/contacts/\\d+$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<ConnectorObject>(
                 rig, rig.connector.get(u"contact"_s, rig.contactId(0), {u"email"_s}, nullptr),
                 sink, [id = rig.contactId(0)](const ConnectorObject &object) {
                     return object.uid == id ? u"done"_s : u"wrong id"_s;
                 });
         },
         {}},
        {u"search"_s,
         "POST",
         u"/contacts/search$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<SearchResult>(
                 rig, rig.connector.search(u"contact"_s, u"firstname pr"_s, {}, nullptr), sink);
         },
         {}},
        {u"list all"_s,
         "GET",
         u"/contacts$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<SearchResult>(rig, rig.connector.search(u"contact"_s, u"true"_s, {}, nullptr),
                                  sink, [](const SearchResult &result) {
                                      return result.count == FaultRig::contacts ? u"done"_s
                                                                                : u"incomplete"_s;
                                  });
         },
         {}},
        {u"schema"_s,
         "GET",
         u"/crm/properties/2026-09/contacts$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<Schema>(rig, rig.connector.schema(nullptr), sink);
         },
         {}},
        {u"test"_s,
         "GET",
         u"/account-info/2026-09/details$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<TestReport>(
                 rig, rig.connector.test(nullptr), sink, [](const TestReport &report) {
                     return report.ok ? u"done"_s : u"not ok: "_s + wordFor(*report.error);
                 });
         },
         {}},
        {u"token"_s,
         "POST",
         u"/oauth/2026-09/token$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<Secret>(rig, rig.tokens.token(&rig.parent), sink);
         },
         {}},
    };
}

QList<Operation> writingOperations()
{
    const auto isChanged = [](FaultRig &rig) {
        return rig.stored(0).values.value(u"city"_s) == "Changed"_L1;
    };
    const auto isMore = [](FaultRig &rig) { return rig.moreContacts() == 1; };
    return {
        {u"create"_s, "POST", u"/objects/2026-09/contacts$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<ConnectorObject>(
                 rig, rig.writer.create(u"contact"_s, {{u"email"_s, newEmail}}, nullptr), sink,
                 &onObject);
         },
         isMore},
        {u"update"_s, "PATCH", u"/contacts/\\d+$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<ConnectorObject>(rig,
                                     rig.writer.update(u"contact"_s, rig.contactId(0),
                                                       {{u"city"_s, u"Changed"_s}}, nullptr),
                                     sink, &onObject);
         },
         isChanged},
        {u"delete"_s, "DELETE", u"/contacts/\\d+$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<ConnectorObject>(
                 rig, rig.writer.remove(u"contact"_s, rig.contactId(0), nullptr), sink, &onObject);
         },
         [](FaultRig &rig) { return rig.stored(0).archivedAt.has_value(); }},
        {u"batch update"_s, "POST", u"/contacts/batch/update$"_s,
         [](FaultRig &rig, const Sink &sink) {
             BatchInput input {u"trace-1"_s, rig.contactId(0), {}, {}, {}};
             input.properties.insert(u"city"_s, u"Changed"_s);
             report<QList<BatchOutcome>>(rig, rig.portal.batchUpdate(contacts, {input}, nullptr),
                                         sink, &onBatch);
         },
         isChanged},
        {u"associate"_s, "PUT", u"/associations/companies/\\d+$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report(rig,
                    rig.portal.associate(contacts, rig.loneContact(), ObjectType::Companies,
                                         rig.companyId(0),
                                         {{u"HUBSPOT_DEFINED"_s, contactToCompany, {}}}, nullptr),
                    sink);
         },
         [](FaultRig &rig) { return rig.isLinked(rig.loneContact(), rig.companyId(0)); }},
        {u"merge"_s, "POST", u"/contacts/merge$"_s,
         [](FaultRig &rig, const Sink &sink) {
             report<Record>(rig,
                            rig.portal.merge(contacts, rig.contactId(0), rig.contactId(1), nullptr),
                            sink);
         },
         [](FaultRig &rig) { return rig.moreContacts() == -1; }},
    };
}

QList<Operation> allOperations()
{
    return readingOperations() + writingOperations();
}

/// A row of the table: a fault, or a portal whose ids are beyond 2^53.
struct Trouble
{
    QString name;
    std::optional<FaultKind> kind;
    int status = 500;
};

QList<Trouble> allTroubles()
{
    QList<Trouble> troubles;
    for (const QString &name : practice::faultNames()) {
        const FaultKind kind = practice::faultFromText(name)->kind;
        if (kind != FaultKind::Status) {
            troubles.append({name, kind, 502});
            continue;
        }
        for (const int status : {500, 502, 503, 504, 524})
            troubles.append({u"status %1, HTML"_s.arg(status), kind, status});
    }
    troubles.append({u"ids beyond 2^53"_s, {}, 0});
    return troubles;
}

/// These alone wait for the time-out; the others must not run into it on a slow machine.
bool isSilence(const Trouble &trouble)
{
    return trouble.kind == FaultKind::SilenceBeforeWork
        || trouble.kind == FaultKind::SilenceAfterWork;
}

/// One cell: the operation under the trouble, once or always.
struct Trial
{
    Trial(const Operation &operation, const Trouble &trouble, bool always)
        : rig(trouble.kind ? FaultRig::firstId : FaultRig::hugeId, {},
              operation.name == "schema"_L1,
              std::chrono::milliseconds(isSilence(trouble) ? 250 : 10'000))
    {
        if (!trouble.kind)
            return;
        Fault fault;
        fault.kind = *trouble.kind;
        fault.method = operation.method;
        fault.path.setPattern(operation.path);
        fault.times = always ? -1 : 1;
        fault.status = trouble.status;
        fault.pause = std::chrono::milliseconds(fault.kind == FaultKind::SlowBody     ? 3
                                                    : fault.kind == FaultKind::Moving ? 60'000
                                                                                      : 30);
        rig.server.addFault(fault);
    }

    [[nodiscard]] QString cells(const Operation &operation)
    {
        const QString count =
            QString::number(rig.received(operation.method, QRegularExpression(operation.path)));
        const QString kept = !operation.stored ? u"–"_s
            : operation.stored(rig)            ? u"yes"_s
                                               : u"no"_s;
        return u"%1 | %2 | %3"_s.arg(word, kept, count);
    }

    FaultRig rig;
    QString word;
};

/// The table's rows for these troubles, all tried at the same time.
QString rowsOf(const Operation &operation, const QList<Trouble> &troubles)
{
    std::vector<std::unique_ptr<Trial>> trials; // Two for a trouble: once, always.
    for (const Trouble &trouble : troubles) {
        for (const bool always : {false, true}) {
            trials.push_back(std::make_unique<Trial>(operation, trouble, always));
            Trial *trial = trials.back().get();
            operation.run(trial->rig, [trial](const QString &word) { trial->word = word; });
        }
    }
    (void)QTest::qWaitFor(
        [&] {
            return std::all_of(trials.begin(), trials.end(),
                               [](const auto &one) { return !one->word.isEmpty(); });
        },
        30'000);
    QString rows;
    for (qsizetype i = 0; i < troubles.size(); ++i) {
        rows +=
            u"| %1 | %2 | %3 |\n"_s.arg(troubles[i].name, trials[size_t(i) * 2]->cells(operation),
                                        trials[size_t(i) * 2 + 1]->cells(operation));
    }
    return rows;
}

const QString tablePath = QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/faults.md");

/// The lines from the operation's heading to the next one.
QString sectionOf(const QString &name)
{
    QFile file(tablePath);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());
    const qsizetype begin = text.indexOf(u"## "_s + name + u'\n');
    const qsizetype end = text.indexOf(u"\n## "_s, begin);
    return begin < 0 ? QString() : text.mid(begin, end < 0 ? -1 : end + 1 - begin).trimmed();
}

} // namespace

/// tests/faults.md, cell by cell, over real sockets.
class TestFaultTable : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void operation_data();
    void operation();
    void createReachesThePortalOnce_data();
    void createReachesThePortalOnce();

private:
    Certificates m_certificates;
};

void TestFaultTable::initTestCase()
{
    (void)m_certificates.server(u"own"_s, u"DNS:localhost,IP:127.0.0.1"_s, 10, {});
    QVERIFY2(m_certificates.isGood(), "the openssl command is needed");
}

void TestFaultTable::operation_data()
{
    QTest::addColumn<int>("index");
    const QList<Operation> operations = allOperations();
    for (int i = 0; i < operations.size(); ++i)
        QTest::newRow(qPrintable(operations[i].name)) << i;
}

void TestFaultTable::operation()
{
    QFETCH(int, index);
    const Operation operation = allOperations()[index];
    const QList<Trouble> troubles = allTroubles();
    QString table = u"## %1\n\n`%2 %3`\n\n"_s.arg(
        operation.name, QString::fromLatin1(operation.method), operation.path);
    table += u"| fault | once: the caller sees | stored | received "
             "| always: the caller sees | stored | received |\n|---|---|---|---|---|---|---|\n"_s;
    for (qsizetype first = 0, next = 0; first < troubles.size(); first = next) {
        while (next < troubles.size() && isSilence(troubles[next]) == isSilence(troubles[first]))
            ++next;
        table += rowsOf(operation, troubles.mid(first, next - first));
    }

    const QString expected = sectionOf(operation.name);
    if (table.trimmed() == expected)
        return;
    // What came out instead lies beside the test, to be compared and, if it is right, taken over.
    QFile actual(u"faults-%1.md"_s.arg(operation.name));
    QVERIFY(actual.open(QIODevice::WriteOnly));
    actual.write(table.toUtf8());
    const QStringList left = expected.split(u'\n');
    const QStringList right = table.trimmed().split(u'\n');
    for (qsizetype i = 0; i < std::max(left.size(), right.size()); ++i)
        QCOMPARE(right.value(i), left.value(i));
}

void TestFaultTable::createReachesThePortalOnce_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<bool>("tls");
    QTest::addColumn<bool>("found");
    for (const bool tls : {false, true}) {
        const auto row = [tls](const QString &fault, bool found) {
            QTest::newRow(qPrintable(fault + (tls ? u", TLS"_s : u", plain"_s)))
                << fault << tls << found;
        };
        row(u"closeBeforeWork"_s, false);
        row(u"closeAfterWork"_s, true);
        row(u"resetBeforeWork"_s, false);
        row(u"resetAfterWork"_s, true);
        row(u"silenceAfterWork"_s, true);
        row(u"cutBody"_s, true);
    }
}

/// Over HTTP and over TLS, on a new connection and on one that was kept (hubspot-api 12.4).
void TestFaultTable::createReachesThePortalOnce()
{
    QFETCH(QString, fault);
    QFETCH(bool, tls);
    QFETCH(bool, found);
    practice::PracticeOptions options;
    if (tls) {
        options.certificatePath = m_certificates.path(u"own.pem"_s);
        options.keyPath = m_certificates.path(u"own.key"_s);
    }
    for (const bool keptConnection : {false, true}) {
        FaultRig rig(FaultRig::firstId, options);
        if (keptConnection)
            QVERIFY(outcomeOf(rig.connector.get(u"contact"_s, rig.contactId(0), {}, nullptr)));
        rig.server.addFault(
            *practice::faultFromText(QString(fault + u",method=POST,path=/contacts$"_s)));

        const auto object =
            outcomeOf(rig.writer.create(u"contact"_s, {{u"email"_s, newEmail}}, nullptr), 30'000);

        QVERIFY(object);
        QCOMPARE(object->has_value(), found);
        if (found)
            QVERIFY((*object)->foundAfterLostAnswer);
        else
            QCOMPARE(object->error().kind, ErrorKind::OutcomeUnknown);
        QCOMPARE(rig.received("POST", QRegularExpression(u"/contacts$"_s)), 1);
        QCOMPARE(rig.moreContacts(), found ? 1 : 0);
    }
}

HUBKEEPER_TEST(TestFaultTable)
#include "tst_faulttable.moc"
