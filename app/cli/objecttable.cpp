// SPDX-License-Identifier: MIT
#include "objecttable.h"

#include "base/compactjson.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

ObjectTable::ObjectTable(TableFiles files, QStringList titles)
    : m_files(std::move(files))
    , m_titles(std::move(titles))
{
}

Result<ObjectTable> ObjectTable::begin(const TableFiles::Target &target, QStringList attributes)
{
    attributes.removeAll(u"_id"_s);
    attributes.prepend(u"_id"_s);
    QList<TableColumn> columns;
    for (const QString &attribute : std::as_const(attributes))
        columns.append({attribute, false});
    return TableFiles::begin(target, columns).map([&attributes](TableFiles &&files) {
        return ObjectTable(std::move(files), attributes);
    });
}

void ObjectTable::add(const ConnectorObject &object)
{
    if (!m_state)
        return;
    QStringList cells {object.uid};
    for (const QString &name : m_titles.sliced(1))
        cells.append(readableText(object.attributes[name]));
    m_state = m_files.add(cells);
}

Result<WrittenTable> ObjectTable::finish()
{
    return m_state.and_then([this] { return m_files.finish(); });
}

} // namespace hubkeeper::cli
