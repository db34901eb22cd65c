// SPDX-License-Identifier: MIT
#pragma once

#include "servedportal.h"

#include <QDir>
#include <QTest>

namespace hubkeeper::test {

/// A practice portal with a connection that may merge, and what tests of merges do with it.
class MergeRig
{
protected:
    void start()
    {
        m_portal = std::make_unique<ServedPortal>(QStringList {
            QStringLiteral("--contacts"), QStringLiteral("20"), QStringLiteral("--companies"),
            QStringLiteral("5"), QStringLiteral("--control"), QStringLiteral("--index-delay-ms"),
            QStringLiteral("0"), QStringLiteral("--limit"), QStringLiteral("oauthPerWindow=0"),
            QStringLiteral("--limit"), QStringLiteral("searchPerSecond=0"),
            QStringLiteral("--limit"), QStringLiteral("associationsPerWindow=0"),
            QStringLiteral("--write-provisioner"), QStringLiteral("p.json")});
        QVERIFY(m_portal->practice().isServing());
        m_portal->program().withoutKeychain();
        m_file = m_portal->program().path(QStringLiteral("p.json"));
    }
    /// The portal and the journal as at the start.
    void beginAnew()
    {
        m_portal->practice().control({{QStringLiteral("reset"), true},
                                      {QStringLiteral("faults"), QJsonArray()},
                                      {QStringLiteral("clearRequests"), true}});
        QCOMPARE(run({QStringLiteral("connections"), QStringLiteral("set"), m_file,
                      QStringLiteral("--mode"), QStringLiteral("free"),
                      QStringLiteral("--most-archives"), QStringLiteral("50"),
                      QStringLiteral("--allow-archive"), QStringLiteral("--unprotect-all")})
                     .code,
                 0);
        QDir(m_portal->program().path(QStringLiteral("data/hubkeeper"))).removeRecursively();
    }

    Ended run(const QStringList &arguments) { return m_portal->program().run(arguments); }
    Ended merge(const QString &primary, const QString &merged, const QStringList &more = {},
                const QString &objectClass = QStringLiteral("contact"))
    {
        return run(QStringList {QStringLiteral("merge"), m_file, objectClass,
                                QStringLiteral("--primary"), primary, QStringLiteral("--merged"),
                                merged, QStringLiteral("--yes"), QStringLiteral("--json")}
                   + more);
    }
    [[nodiscard]] QString made(const QString &objectClass, const QStringList &values)
    {
        QStringList arguments {QStringLiteral("create"), m_file, objectClass};
        for (const QString &value : values)
            arguments << QStringLiteral("--set") << value;
        return QString::fromUtf8(run(arguments).out.trimmed());
    }
    /// Of the API, whatever the connector says of it.
    [[nodiscard]] QJsonObject properties(const QString &id,
                                         const QString &type = QStringLiteral("contacts"))
    {
        return m_portal
            ->get("/crm/v3/objects/" + type.toLatin1() + '/' + id.toLatin1()
                  + "?properties=email,firstname,lastname,jobtitle,phone,hs_additional_emails,"
                    "name,domain,city,hs_additional_domains")
            .json()[QLatin1StringView("properties")]
            .toObject();
    }
    [[nodiscard]] QStringList companiesOf(const QString &contact)
    {
        QStringList ids;
        const QJsonArray list = run({QStringLiteral("associations"), QStringLiteral("list"), m_file,
                                     QStringLiteral("contact"), contact, QStringLiteral("--json")})
                                    .json()[QLatin1StringView("associations")]
                                    .toArray();
        for (const QJsonValue &one : list)
            ids.append(
                one[QLatin1StringView("id")].toString()
                + (one[QLatin1StringView("primary")].toBool() ? QStringLiteral("*") : QString()));
        ids.sort();
        return ids;
    }
    void associate(const QString &contact, const QString &company, const QStringList &more = {})
    {
        QCOMPARE(
            run(QStringList {QStringLiteral("associations"), QStringLiteral("add"), m_file,
                             QStringLiteral("contact"), contact, QStringLiteral("company"), company}
                + more)
                .code,
            0);
    }
    void setModeOfMerging(bool makesNewId)
    {
        m_portal->practice().control(
            {{QStringLiteral("switches"),
              QJsonObject {{QStringLiteral("mergeMakesNewId"), makesNewId}}}});
    }
    void setFault(const QString &kind, const QString &path, int times = 1)
    {
        m_portal->practice().control(
            {{QStringLiteral("faults"),
              QJsonArray {QJsonObject {{QStringLiteral("kind"), kind},
                                       {QStringLiteral("path"), path},
                                       {QStringLiteral("times"), times}}}}});
    }
    [[nodiscard]] int sentMerges()
    {
        int calls = 0;
        const QJsonObject counts =
            m_portal->practice().requests()[QLatin1StringView("counts")].toObject();
        for (auto call = counts.begin(); call != counts.end(); ++call)
            calls += call.key().contains(QLatin1StringView("/merge")) ? call.value().toInt() : 0;
        return calls;
    }
    static void bothWays()
    {
        QTest::addColumn<bool>("makesNewId");
        QTest::newRow("a new id") << true;
        QTest::newRow("the primary's id") << false;
    }

    std::unique_ptr<ServedPortal> m_portal;
    QString m_file;
};

} // namespace hubkeeper::test
