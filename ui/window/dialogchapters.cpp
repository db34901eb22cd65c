// SPDX-License-Identifier: MIT
#include "window/dialogchapters.h"

#include <QHash>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString chapterOfDialog(const QString &className)
{
    static const QHash<QString, QString> chapters {
        {u"hubkeeper::AsOfDialog"_s, u"history"_s},
        {u"hubkeeper::AttributesDialog"_s, u"configuration"_s},
        {u"hubkeeper::CertificateDialog"_s, u"connect"_s},
        {u"hubkeeper::ColumnDialog"_s, u"views"_s},
        {u"hubkeeper::CommandPalette"_s, u"first-steps"_s},
        {u"hubkeeper::ConnectionDialog"_s, u"connections"_s},
        {u"hubkeeper::ConnectionsDialog"_s, u"connections"_s},
        {u"hubkeeper::DuplicatesDialog"_s, u"duplicates"_s},
        {u"hubkeeper::ExamplesDialog"_s, u"scripts"_s},
        {u"hubkeeper::ExportDialog"_s, u"export"_s},
        {u"hubkeeper::FindReplaceDialog"_s, u"records"_s},
        {u"hubkeeper::FixPreview"_s, u"problems"_s},
        {u"hubkeeper::ImportDialog"_s, u"import-file"_s},
        {u"hubkeeper::LinkLabelsDialog"_s, u"associations"_s},
        {u"hubkeeper::LinkPicker"_s, u"associations"_s},
        {u"hubkeeper::LoginDialog"_s, u"idm"_s},
        {u"hubkeeper::MergeDialog"_s, u"configuration"_s},
        {u"hubkeeper::MergeGroupDialog"_s, u"merge"_s},
        {u"hubkeeper::MergeRecordsDialog"_s, u"merge"_s},
        {u"hubkeeper::NewProvisionerDialog"_s, u"configuration"_s},
        {u"hubkeeper::NewRecordDialog"_s, u"records"_s},
        {u"hubkeeper::RepairDialog"_s, u"repairs"_s},
        {u"hubkeeper::ReportDialog"_s, u"report"_s},
        {u"hubkeeper::SecretInFileDialog"_s, u"configuration"_s},
        {u"hubkeeper::SecretsDialog"_s, u"connect"_s},
        {u"hubkeeper::ServerDialog"_s, u"idm"_s},
        {u"hubkeeper::ServersDialog"_s, u"idm"_s},
        {u"hubkeeper::SetValueDialog"_s, u"records"_s},
        {u"hubkeeper::ShortcutList"_s, u"first-steps"_s},
        {u"hubkeeper::WriteMappingDialog"_s, u"mappings"_s},
        {u"hubkeeper::WriteModeDialog"_s, u"connections"_s},
        {u"hubkeeper::WriteQuestionDialog"_s, u"idm"_s}};
    return chapters.value(className);
}

QString chapterOfDialog(const QWidget *window)
{
    return window ? chapterOfDialog(QString::fromLatin1(window->metaObject()->className()))
                  : QString();
}

} // namespace hubkeeper
