// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/repairrecords.h"
#include "workbench/repairs/repairpreview.h"
#include "workbench/subject/recordssubject.h"

#include <QDialog>

class QPushButton;

namespace hubkeeper {

class CallBar;
class CommandField;
class MessageBar;
class PropertyNames;
class Session;
class WrappedLabel;

/// A dialog that proposes changes to the records of a page: choices, from them a preview of old and
/// new values with a tick at each, and from that staged changes. What is derived from it knows the
/// choices and how changes are found. The window stays usable meanwhile.
class StagingDialog : public QDialog
{
    Q_OBJECT

public:
    ~StagingDialog() override;

signals:
    /// So many records were staged, and it is closed.
    void staged(int records);

protected:
    struct Words
    {
        QString name; ///< Object names of the parts begin with it.
        QString introduction; ///< Says what Preview does.
        RepairPreview::Words preview;
    };

    /// Session and names must outlive it.
    StagingDialog(Session &session, const PropertyNames &names, RecordsSubject subject, Words words,
                  QWidget *parent);

    /// Puts the choices, and what is to be said below them, above the preview. `characters` is the
    /// width it would have. To be called once, by the constructor of the derived class: the parts
    /// are made here, so that Tab comes to the choices first. Nothing below may be called before.
    void build(const QList<QWidget *> &choices, int characters);

    /// Takes back what was previewed: it is of other choices.
    void forget();
    /// Shows the progress of a call that looks for changes. It belongs to work(), and ends with
    /// showChecked() or showFailure().
    void watch(CallBase *call, const QString &title);
    /// `said` are sentences about what was found.
    void showChecked(const std::shared_ptr<CheckedRepair> &checked, const QStringList &said);
    void showFailure(const QString &what, const Error &error);
    /// Brings buttons, choices and command in line with what there is.
    void refresh();

    [[nodiscard]] Session &session() const { return m_session; }
    [[nodiscard]] const RecordsSubject &subject() const { return m_subject; }
    /// Owns the calls; gone before the parts.
    [[nodiscard]] QObject *work() const { return m_work.get(); }
    [[nodiscard]] MessageBar &message() const { return *m_message; }
    [[nodiscard]] CommandField &command() const { return *m_command; }
    /// What the command does otherwise than the dialog; empty: nothing.
    [[nodiscard]] QString commandNote() const;

private:
    /// Looks for changes; forget() was called.
    virtual void preview() = 0;
    virtual void showCommand() = 0;
    virtual void enableChoices(bool isEnabled) = 0;
    [[nodiscard]] virtual bool mayPreview() const { return true; }

    void makeParts();
    void connectParts();
    void stage();
    void onStaged(const Result<AddedRows> &added);

    Session &m_session;
    const PropertyNames &m_names;
    const RecordsSubject m_subject;
    const Words m_words;
    std::unique_ptr<QObject> m_work;
    std::shared_ptr<CheckedRepair> m_checked;
    bool m_isBusy = false;
    MessageBar *m_message = nullptr;
    WrappedLabel *m_summary = nullptr;
    RepairPreview *m_changes = nullptr;
    CallBar *m_progress = nullptr;
    CommandField *m_command = nullptr;
    QPushButton *m_preview = nullptr;
    QPushButton *m_stage = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace hubkeeper
