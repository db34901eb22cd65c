// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changesfile.h"

#include <QIODevice>
#include <QSet>

namespace hubkeeper {

/// Reads a file of changes from a device, line by line; see readChangesFile().
class ChangesReader
{
public:
    /// `device` is open, and must outlive it.
    explicit ChangesReader(QIODevice &device);

    [[nodiscard]] Result<ExchangedChanges> read();

private:
    [[nodiscard]] Result<ExchangedChanges> readVersion1(const QByteArray &start);
    void readHeader(const QByteArray &line, const QJsonObject &header);
    void readLine(const QByteArray &line, const QString &place);
    void add(const QJsonValue &json, const QString &place);
    void addRow(RowChange row, const QString &place);
    void addSignature(const QJsonObject &json, const QByteArray &line, const QString &place);
    void noteForm(bool isCanonical);
    void refuse(const QString &place, const QString &phrase);
    [[nodiscard]] Result<ExchangedChanges> finish();

    QIODevice &m_device;
    ExchangedChanges m_read;
    SignedChanges m_contents;
    int m_version = 0;
    int m_line = 0;
    QSet<RowKey> m_seen;
    QSet<RowKey> m_created;
    QList<std::pair<RowKey, QString>> m_needed; // With the place that needs it.
    QList<FieldFault> m_faults; // By place.
    qint64 m_faultCount = 0;
};

} // namespace hubkeeper
