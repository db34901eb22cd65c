// SPDX-License-Identifier: MIT
#include "workbench/subject/recordssubject.h"

#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "session/open/session.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t mostNamed = 20; // Records in a command.

} // namespace

std::optional<RecordsSubject> subjectOf(RecordsPage &page, const Session &session)
{
    const RecordTableModel *model = page.model();
    if (!model || !model->recordSet() || page.names().definitions().isEmpty())
        return std::nullopt;
    RecordsSubject subject;
    subject.set = model->recordSet();
    subject.selected = page.table()->selectedStoreRows();
    for (int row = 0; row < model->rowCount(); ++row)
        subject.shown.push_back(model->storeRowAt(row));
    subject.columns = model->columns();
    subject.columns.removeAll(u"hs_object_id"_s);
    subject.provisioner = session.connection().provisionerPath;
    const RecordViews &views = page.views();
    subject.view = views.current();
    subject.isViewKept =
        !subject.view.isAll() && !subject.view.name.isEmpty() && !views.isModified(subject.view.id);
    subject.isWholeView =
        page.isComplete() && qint64(subject.shown.size()) == subject.set->rowCount();
    return subject;
}

std::optional<QStringList> commandWords(const RecordsSubject &subject,
                                        RecordsSubject::Extent extent, const QString &filterOption)
{
    if (!subject.set)
        return std::nullopt;
    if (extent == RecordsSubject::Shown && subject.isWholeView) {
        if (subject.isViewKept)
            return QStringList {u"--view"_s, subject.view.name};
        if (subject.view.words.isEmpty())
            return subject.view.filter.isEmpty() ? QStringList()
                                                 : QStringList {filterOption, subject.view.filter};
    }
    const RowOrder &rows = subject.rows(extent);
    if (rows.empty() || rows.size() > mostNamed)
        return std::nullopt;
    QStringList conditions;
    for (const qint64 row : rows) {
        if (!subject.set->isLoaded(row))
            return std::nullopt;
        conditions.append(u"hs_object_id eq %1"_s.arg(subject.set->idAt(row)));
    }
    return QStringList {filterOption, conditions.join(u" or "_s)};
}

QString commandWord(ObjectType type)
{
    return type == ObjectType::Contacts ? u"contact"_s : u"company"_s;
}

} // namespace hubkeeper
