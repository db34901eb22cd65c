// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "session/snapshots/exportsnapshot.h"
#include "store/sets/recordset.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace hubkeeper {

class CallBar;
class RecordSet;
class RecordTable;
class RecordTableModel;
class Session;

/// The records of a snapshot in the grid of the records pages, without the portal. An edit is
/// staged in the session's changes, on the value of the snapshot. Records appear as they are read
/// from the file.
class SnapshotGrid final : public QWidget
{
    Q_OBJECT

public:
    /// `masking` must outlive it.
    SnapshotGrid(const Masking &masking, QWidget *parent);
    ~SnapshotGrid() override;

    /// Null: nothing is shown.
    void setSession(std::shared_ptr<Session> session);
    /// Fails as SnapshotReader::open() does; failed() follows if it was changed after it was taken.
    [[nodiscard]] Result<void> show(const QString &path);
    void clear();
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] ObjectType type() const;
    [[nodiscard]] RecordTable *table() const { return m_table; }
    [[nodiscard]] bool isReading() const { return m_isReading; }
    void focusFilter();
    void maskingChanged();

    /// The records with a selected cell; their ids. The properties of the selected columns; none:
    /// only that of the id.
    [[nodiscard]] Call<QList<Record>> *selectedRecords(QObject *parent);
    [[nodiscard]] QStringList selectedProperties() const;
    [[nodiscard]] bool hasSelection() const;

signals:
    void selectionChanged();
    void failed(const hubkeeper::Error &error);
    /// What was typed cannot be a value; a sentence.
    void refused(const QString &why);

private:
    void showType();
    void readBlock(qint64 after);
    void order();

    PropertyNames m_names;
    std::shared_ptr<Session> m_session;
    QString m_path;
    std::shared_ptr<SnapshotReader> m_snapshot;
    std::unique_ptr<RecordSet> m_set;
    std::unique_ptr<RecordTableModel> m_model;
    QComboBox *m_types;
    QLineEdit *m_filter;
    QLabel *m_count;
    RecordTable *m_table;
    CallBar *m_progress;
    QTimer m_typing;
    QList<RowSort> m_sorts;
    bool m_isReading = false;
    qint64 m_read = 0;
    std::unique_ptr<QObject> m_work;
    std::unique_ptr<QObject> m_ordering;
    std::unique_ptr<QObject> m_checking; // Of the seal.
};

} // namespace hubkeeper
