// SPDX-License-Identifier: MIT
#pragma once

#include "tables/writing/tablewriter.h"

#include <QTemporaryDir>

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace hubkeeper {

/// A workbook of one sheet by libxlsxwriter, row by row (constant_memory): every cell is a text
/// with the format of texts, so that an edit in a spreadsheet leaves it one. The README has what
/// the library leaves to us.
class XlsxWriter final : public TableWriter
{
public:
    static constexpr qsizetype mostColumns = 16'384;
    static constexpr qint64 mostRows = 1'048'576; ///< The heading is one of them.

    /// `folder` is one below the work folder, and empty.
    XlsxWriter(FileSaver file, std::unique_ptr<QTemporaryDir> folder);
    ~XlsxWriter() override;

    [[nodiscard]] Result<void> writeHeading(const QList<TableColumn> &columns);
    [[nodiscard]] Result<void> add(const QStringList &cells) override;
    [[nodiscard]] bool isFull() const override;
    [[nodiscard]] qint64 bytesTaken() const override;
    [[nodiscard]] Result<void> finish() override;

private:
    [[nodiscard]] Result<void> writeRow(const QStringList &cells, lxw_format *format);
    [[nodiscard]] Result<void> checkWorkFile();
    [[nodiscard]] Result<void> checkSheet(qint64 dataSize) const;
    [[nodiscard]] Result<void> handOver();
    [[nodiscard]] Error noRoom() const;
    [[nodiscard]] QString bookPath() const;
    void abandon();

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_folderName; ///< As the library wants it, for as long as it works.
    lxw_workbook *m_book = nullptr;
    lxw_worksheet *m_sheet = nullptr;
    lxw_format *m_textFormat = nullptr;
    QStringList m_titles;
    qint64 m_rows = 0;
    qint64 m_bytes = 0; ///< Of the rows in the sheet, estimated.
};

} // namespace hubkeeper
