// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/tablepreview.h"
#include "workbench/import/importsource.h"

#include <QWidget>

class QComboBox;
class QPushButton;
class QTableView;

namespace hubkeeper {

class CallBar;
class ElidedLabel;
class FaultsModel;
class FormatBar;
class Masking;
class MessageBar;
class NoteLabel;
class TablePreviewModel;

/// The first step of an import: which file, how it is built, all its rows, and what is wrong with
/// them. The file is read again whenever somebody sets something else.
class FileStep final : public QWidget
{
    Q_OBJECT

public:
    /// `workFolder` is for the rows that are shown. `masking` must outlive it.
    FileStep(const Masking &masking, const QString &workFolder, QWidget *parent);
    ~FileStep() override;

    /// Reads it.
    void setSource(const ImportSource &source);
    [[nodiscard]] const ImportSource &source() const { return m_source; }
    [[nodiscard]] TableOptions options() const;
    /// Null before the first source.
    [[nodiscard]] const std::shared_ptr<TablePreview> &preview() const { return m_preview; }
    /// The table has a header and a row, as far as it was read.
    [[nodiscard]] bool isReady() const;
    /// Goes to a row by its number, and to a cell by its column from 1; 0: to the row.
    void showRow(qint64 number, qint64 column);

signals:
    /// Another file or another way to read it, or more is known of it.
    void changed();
    void otherFileWanted();

private:
    void build();
    void connectParts();
    void read();
    void grow();
    void onRead(const Result<void> &read);
    void fitColumns();
    void showSummary();
    void showFaults();
    void showWhatIsMissing();

    ImportSource m_source;
    const QString m_workFolder;
    std::shared_ptr<TablePreview> m_preview;
    std::unique_ptr<QObject> m_work; // Parent of the reading.
    bool m_isRead = false; // To the end.
    bool m_hasFailed = false;
    bool m_isFitted = false; // Columns are as wide as the first rows.
    QMap<TableFaultKind, qint64> m_counts; // That are shown.

    TablePreviewModel *m_model;
    FaultsModel *m_faults;
    ElidedLabel *m_name;
    QPushButton *m_other;
    FormatBar *m_format;
    MessageBar *m_message;
    QTableView *m_table;
    QWidget *m_faultPane;
    NoteLabel *m_faultNote;
    QComboBox *m_kinds;
    QTableView *m_faultTable;
    CallBar *m_progress;
};

} // namespace hubkeeper
