// SPDX-License-Identifier: MIT
#pragma once

#include "store/sets/recordset.h"
#include "testkit/outcomeof.h"

#include <QTemporaryDir>
#include <QTest>

namespace hubkeeper::test {

/// A record set in a folder of its own.
class RecordSetRig
{
public:
    [[nodiscard]] static Record contact(const QString &id,
                                        const QHash<QString, QString> &properties)
    {
        Record record;
        record.id = id;
        record.properties = properties;
        record.updatedAt =
            QDateTime::fromString(QStringLiteral("2026-11-23T10:00:00.120Z"), Qt::ISODateWithMs);
        return record;
    }
    [[nodiscard]] QString folder() const { return m_folder.filePath(QStringLiteral("sets")); }
    void make(const QStringList &properties)
    {
        auto made = RecordSet::create(folder(), ObjectType::Contacts, properties);
        QVERIFY2(made, made ? "" : qPrintable(made.error().what));
        set = std::move(*made);
    }
    void add(const QList<Record> &records)
    {
        const auto stored = outcomeOf(set->append(records, nullptr));
        QVERIFY(stored);
        QVERIFY2(*stored, *stored ? "" : qPrintable(stored->error().what));
    }

private:
    QTemporaryDir m_folder;

public:
    std::unique_ptr<RecordSet> set;
};

} // namespace hubkeeper::test
