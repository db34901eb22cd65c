// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QPushButton;
class QTreeView;

namespace hubkeeper {

class HistoryModel;
class NoteLabel;
class Session;

/// What the values of a record were and who set them, of the columns of the grid and of the
/// property of the current cell; an older value can be staged. Part of the inspector. Asks the
/// portal while it is seen, once for each record.
class HistoryView final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the view.
    HistoryView(ObjectType type, const PropertyNames &names, QWidget *parent);
    ~HistoryView() override;

    /// Null for none.
    void setSession(std::shared_ptr<Session> session);
    void showRecord(const QString &id, const QString &label);
    void clear();
    /// What is read beside labels; `current`, which may be empty, is the one to look at.
    void setProperties(const QStringList &properties, const QString &current);
    /// Labels became known, or masking was switched.
    void namesChanged();

    [[nodiscard]] HistoryModel *model() const { return m_model; }

signals:
    void statusMessage(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fillChoice();
    void readIfShown();
    void showNote();
    void updateButton();
    void stage();

    const ObjectType m_type;
    const PropertyNames &m_names;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_reading; // Parent of what is read.
    QString m_id;
    QString m_recordLabel;
    QStringList m_properties;
    QStringList m_readProperties; // Of what is shown.
    QString m_current;
    QString m_fault;
    bool m_isStale = true;
    HistoryModel *m_model;
    QComboBox *m_choice;
    QPushButton *m_stage;
    NoteLabel *m_note;
    QTreeView *m_tree;
};

} // namespace hubkeeper
