// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"

#include <QDialog>
#include <QTimer>

#include <memory>

class QLineEdit;
class QListWidget;
class QPushButton;

namespace hubkeeper {

class Masking;
class NoteLabel;
class Session;

/// Finds one record by a part of its name, e-mail address or domain, or by its id.
class LinkPicker final : public QDialog
{
    Q_OBJECT

public:
    /// Both references must outlive it.
    LinkPicker(Session &session, ObjectType type, const Masking &masking, QWidget *parent);
    ~LinkPicker() override;

signals:
    void picked(const QString &id, const QString &name);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void find();
    void findById(const QString &id);
    void onFound(const Result<RecordPage> &found);
    void show(const QList<Record> &records);
    void pick();

    Session &m_session;
    const ObjectType m_type;
    const Masking &m_masking;
    std::unique_ptr<QObject> m_work; // Parent of what is asked for the present text.
    QTimer m_pause;
    QLineEdit *m_text;
    QListWidget *m_list;
    NoteLabel *m_note;
    QPushButton *m_take;
};

} // namespace hubkeeper
