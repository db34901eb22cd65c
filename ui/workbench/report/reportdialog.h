// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/reportrecords.h"
#include "workbench/repairs/repairdialog.h"

#include <map>

class QTableView;

namespace hubkeeper {

class ReportChoices;
class ReportFindingsModel;
class ReportKindsModel;

/// What is wrong with the values of records: kinds of faults with counts, the records of each, and
/// from there to the record, to the recipe that repairs them, into a file. Changes nothing. The
/// window stays usable meanwhile.
class ReportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Session, names and settings must outlive it.
    ReportDialog(Session &session, const PropertyNames &names, Settings &settings,
                 RecordsSubject subject, QWidget *parent);
    ~ReportDialog() override;

    /// Writes everything that is wrong, by the ending of the path.
    void exportTo(const QString &path);

signals:
    /// By id, in the page.
    void recordWanted(const QString &id);
    /// Rows of the page's records.
    void repairWanted(const hubkeeper::RepairPreset &preset, const std::vector<qint64> &rows);

private:
    void build();
    [[nodiscard]] QWidget *makeFindings();
    void connectParts();
    [[nodiscard]] Result<QList<ValueRule>> rules() const;
    void look();
    void showReport(const Result<TableReport> &report);
    void showKind();
    void forget();
    void refresh();
    void showCommand();
    void showRecord();
    void repair();
    void chooseFile();
    void showFailure(const QString &what, const Error &error);

    using Found = std::map<std::pair<QString, ValueFaultKind>, RowOrder>;

    Session &m_session;
    const PropertyNames &m_names;
    Settings &m_settings;
    const RecordsSubject m_subject;
    std::unique_ptr<QObject> m_work;
    std::shared_ptr<Found> m_found; // While it is looked at the records.
    QList<ValueRule> m_rules; // Of what is shown.
    bool m_isBusy = false;
    bool m_hasReport = false;
    ReportChoices *m_choices;
    MessageBar *m_message;
    CallBar *m_progress;
    WrappedLabel *m_summary;
    ReportKindsModel *m_kinds;
    ReportFindingsModel *m_findings;
    QTableView *m_kindsView;
    QTableView *m_findingsView;
    CommandField *m_command;
    QPushButton *m_look;
    QPushButton *m_show;
    QPushButton *m_repair;
    QPushButton *m_export;
    QPushButton *m_close;
};

} // namespace hubkeeper
