// SPDX-License-Identifier: MIT
#pragma once

#include "portal/association.h"
#include "records/values/propertynames.h"
#include "session/reading/linkedrecords.h"
#include "session/reading/linkorders.h"
#include "widgets/page.h"

class QPushButton;
class QTreeView;

namespace hubkeeper {

class LinksModel;
class NoteLabel;

/// The associations of a record: what it is linked with, by which labels, and how that shall
/// change. Everything is staged; nothing is sent here. A tab of the inspector.
///
/// Enter goes to the record, Insert adds one, Delete removes it, F2 opens its labels.
class LinksView final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the view.
    LinksView(ObjectType type, const PropertyNames &names, QWidget *parent);
    ~LinksView() override;

    void setSession(std::shared_ptr<Session> session);
    /// Reads the links, and reads them again if it is the same record; where the view is hidden, as
    /// soon as it is shown.
    void showRecord(const QString &id, const QString &name);
    void clear();
    void namesChanged();

    [[nodiscard]] LinksModel *model() const { return m_model.get(); }
    [[nodiscard]] QTreeView *tree() const { return m_tree; }

signals:
    void goTo(const hubkeeper::Place &place);
    void statusMessage(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeButtons();
    void read();
    void readIfShown();
    void choose(const QString &id);
    void onRead(const Result<LinkedRecords> &found);
    void readLabels();
    void showNote();
    void updateButtons();
    [[nodiscard]] int current() const;
    void goToCurrent();
    void add();
    void stageAdded(const PlannedLink &plan, const QString &name);
    void remove();
    void editLabels();
    void togglePrimary();

    const ObjectType m_type;
    const ObjectType m_other;
    const PropertyNames &m_names;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work; // Parent of what is asked for the session.
    std::unique_ptr<QObject> m_reading; // Parent of what is asked for the record.
    std::unique_ptr<LinksModel> m_model;
    std::optional<QList<AssociationLabel>> m_labels; // Of contacts and companies, once known.
    bool m_isStale = false; // To be read once it is shown.
    QString m_fault; // Why nothing is shown.
    QTreeView *m_tree;
    NoteLabel *m_note;
    QPushButton *m_add;
    QPushButton *m_remove;
    QPushButton *m_setLabels;
    QPushButton *m_primary;
};

} // namespace hubkeeper
