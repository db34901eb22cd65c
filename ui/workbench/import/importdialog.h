// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "session/workbench/columnmapping.h"
#include "workbench/import/importsource.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace hubkeeper {

class CallBar;
class CheckStep;
class ColumnsStep;
class FileStep;
class MessageBar;
class Session;
class Settings;
struct ImportRequest;

/// Rows of a table into the staged changes, in three steps: the file, the columns, the check.
/// Stages when somebody says so at the end; the window stays usable meanwhile.
class ImportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// All must outlive it.
    ImportDialog(ObjectType type, Session &session, const Masking &masking, Settings &settings,
                 QWidget *parent);
    ~ImportDialog() override;

    /// Begins anew with this table.
    void setSource(const ImportSource &source);

signals:
    void otherFileWanted();
    void statusMessage(const QString &text);
    /// So many records were staged, and it is closed.
    void staged(int records);

protected:
    void showEvent(QShowEvent *event) override;

private:
    enum Step { File, Columns, Check, StepCount };

    void build();
    void connectParts();
    void readNames();
    void goTo(Step step);
    void enter(Step step);
    void next();
    void refresh();
    void onStaged(int records, const QStringList &left);
    [[nodiscard]] bool mayEnter(Step step) const;
    [[nodiscard]] ImportRequest request() const;
    [[nodiscard]] QString command() const;

    const ObjectType m_type;
    Session &m_session;
    Settings &m_settings;
    PropertyNames m_names;
    std::unique_ptr<QObject> m_work;
    Step m_step = File;
    bool m_wantsColumns = false; // As soon as the properties are known.
    QString m_checkedCommand; // What the check is about.
    ColumnMapping m_byItself; // What the command maps without being told.

    FileStep *m_file;
    ColumnsStep *m_columns;
    CheckStep *m_check;
    QStackedWidget *m_stack;
    MessageBar *m_message;
    CallBar *m_progress;
    QList<QToolButton *> m_steps;
    QWidget *m_commandRow;
    QLineEdit *m_command;
    QPushButton *m_copy;
    QPushButton *m_back;
    QPushButton *m_next;
    QPushButton *m_close;
};

} // namespace hubkeeper
