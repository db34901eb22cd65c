// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "journal/journal.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/tokenprovider.h"
#include "practice/server/practiceportal.h"
#include "testkit/outcomeof.h"
#include "testkit/quickclock.h"

#include <QRegularExpression>
#include <QTemporaryDir>

namespace hubkeeper::test {

/// A portal without limits whose index is quick.
inline practice::PracticeOptions quickPortal()
{
    practice::PracticeOptions options;
    options.contacts = 150;
    options.companies = 10;
    options.indexDelay = std::chrono::milliseconds(100);
    options.limits = {0, 0, 0, 0, 0};
    return options;
}

inline TransportOptions transportTo(const QUrl &url)
{
    TransportOptions options;
    options.base = url;
    options.silence = std::chrono::milliseconds(700);
    return options;
}

/// A client and a practice portal with a real connection between them.
struct PracticeRunRig
{
    QTemporaryDir folder;
    SystemClock portalClock;
    practice::PracticePortal server {quickPortal(), portalClock};
    QUrl url {(void(server.start()), server.url())};
    QuickClock clock;
    QnamTransport transport {transportTo(url)};
    AccountBudget budget {1000};
    TrafficLog traffic;
    TokenProvider tokens {server.staticToken()};
    RestClient client {transport, clock, budget, tokens, traffic, [] { return 0.0; }};
    PortalWriter portal {client, ApiVersion::V2026_09};
    ChangeSet changes;
    std::unique_ptr<Journal> journal {
        *Journal::open(folder.filePath(QStringLiteral("journal.sqlite")), clock, Secret())};
    QHash<ObjectType, QList<PropertyDefinition>> definitions;
    QObject parent;

    std::optional<Result<RunSummary>> run(const RunOptions &runOptions = {},
                                          WriteMode mode = WriteMode::Free)
    {
        return outcomeOf<RunSummary>(new ApplyRun(
                                         portal, changes, *journal,
                                         [mode] {
                                             return WritePolicy {mode, 0, 0, {}, true};
                                         },
                                         runOptions, definitions, clock, &parent),
                                     60'000);
    }

    [[nodiscard]] static QString contactId(int number)
    {
        return QString::number(150'000'000'001LL + number);
    }
    [[nodiscard]] Record read(const QString &id, const QStringList &properties,
                              ObjectType type = ObjectType::Contacts)
    {
        ReadOptions readOptions;
        readOptions.properties = properties;
        const auto record = outcomeOf(portal.read(type, id, readOptions, &parent));
        return record && *record ? **record : Record();
    }
    /// Live contacts as a grid shows them.
    [[nodiscard]] QList<Record> firstContacts(int count, const QStringList &properties)
    {
        QList<Record> records;
        ListOptions listOptions;
        listOptions.properties = properties;
        while (records.size() < count) {
            const auto page = outcomeOf(portal.list(ObjectType::Contacts, listOptions, &parent));
            if (!page || !*page || (*page)->records.isEmpty())
                break;
            records.append((*page)->records);
            listOptions.after = (*page)->after;
        }
        return records.first(std::min<qsizetype>(count, records.size()));
    }
    /// What the portal stores, without asking it.
    [[nodiscard]] QString stored(const QString &id, const QString &property)
    {
        const auto record = server.record(practice::ObjectType::Contact, id.toLongLong());
        return record ? record->values.value(property) : QStringLiteral("no such record");
    }
    [[nodiscard]] int contactCount() const
    {
        return server.liveCount(practice::ObjectType::Contact);
    }
    [[nodiscard]] int requests(const QByteArray &end) const
    {
        const QList<practice::LoggedRequest> &all = server.log().requests();
        return int(std::count_if(all.begin(), all.end(),
                                 [&](const auto &one) { return one.path.endsWith(end); }));
    }
    void willFault(practice::FaultKind kind, const QString &path, int times = 1, int status = 502)
    {
        practice::Fault fault;
        fault.kind = kind;
        fault.path = QRegularExpression(path);
        fault.times = times;
        fault.status = status;
        server.addFault(fault);
    }
    [[nodiscard]] RowChange row(int index) const { return changes.at(index); }
};

} // namespace hubkeeper::test
