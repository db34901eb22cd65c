// SPDX-License-Identifier: MIT
#pragma once

#include "tables/writing/tablewriter.h"

namespace hubkeeper {

/// A row of CSV as `format` wants it, with its end.
[[nodiscard]] QByteArray csvRow(const QStringList &cells, const ExportFormat &format);

class CsvWriter final : public TableWriter
{
public:
    CsvWriter(const ExportFormat &format, FileSaver file);

    [[nodiscard]] Result<void> writeHeading(const QList<TableColumn> &columns);
    [[nodiscard]] Result<void> add(const QStringList &cells) override;
    [[nodiscard]] qint64 bytesTaken() const override { return m_bytes; }
    [[nodiscard]] Result<void> finish() override { return m_file.commit(); }

private:
    const ExportFormat m_format;
    qint64 m_bytes = 0;
};

class JsonLinesWriter final : public TableWriter
{
public:
    JsonLinesWriter(const QList<TableColumn> &columns, FileSaver file);

    [[nodiscard]] Result<void> add(const QStringList &cells) override;
    [[nodiscard]] qint64 bytesTaken() const override { return m_bytes; }
    [[nodiscard]] Result<void> finish() override { return m_file.commit(); }

private:
    QList<QByteArray> m_keys; ///< With what is between them: `{"a":`, `,"b":`.
    QList<bool> m_areLists;
    qint64 m_bytes = 0;
};

} // namespace hubkeeper
