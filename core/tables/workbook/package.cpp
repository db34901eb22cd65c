// SPDX-License-Identifier: MIT
#include "tables/workbook/package.h"

#include "tables/rows/tablestext.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>
#include <zip.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString plainName(QString name)
{
    name.replace(u'\\', u'/');
    while (name.startsWith(u'/'))
        name.remove(0, 1);
    return name;
}

} // namespace

Error overdrawnError()
{
    return fail(ErrorKind::InvalidInput,
                TablesText::tr("The workbook unpacks to far more than it holds (a zip bomb); "
                               "reading it was stopped."),
                TablesText::tr("Save it again with a spreadsheet, or as CSV."))
        .value();
}

PartDevice::PartDevice(zip_file *file, qint64 mostBytes, UnpackBudget &budget)
    : m_file(file)
    , m_left(mostBytes)
    , m_budget(budget)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

PartDevice::~PartDevice()
{
    zip_fclose(m_file);
}

qint64 PartDevice::readData(char *data, qint64 size)
{
    const zip_int64_t got = zip_fread(m_file, data, zip_uint64_t(size));
    if (got < 0) {
        setErrorString(QString::fromUtf8(zip_file_strerror(m_file)));
        return -1;
    }
    m_left -= got;
    m_budget.left -= got;
    if (m_left < 0 || m_budget.left < 0) {
        m_budget.isOverdrawn = true;
        setErrorString(overdrawnError().what);
        return -1;
    }
    return got;
}

qint64 PartDevice::writeData(const char * /*data*/, qint64 /*size*/)
{
    return -1;
}

Package::Package(zip *archive, qint64 bytes)
    : m_archive(archive)
    , m_bytes(bytes)
    , m_budget {mostUnpackedBytes}
{
}

Package::~Package()
{
    zip_discard(m_archive);
}

Result<std::unique_ptr<Package>> Package::open(const QString &path)
{
    int code = 0;
    zip *archive = zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, &code);
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const QString why = QString::fromUtf8(zip_error_strerror(&error));
        zip_error_fini(&error);
        return fail(
            ErrorKind::InvalidInput,
            TablesText::tr("The workbook is damaged: its zip file cannot be opened (%1).").arg(why),
            TablesText::tr("Get the file again, or save it again with a spreadsheet."));
    }
    return std::unique_ptr<Package>(new Package(archive, QFileInfo(path).size()));
}

qint64 Package::indexOf(const QString &part) const
{
    const QString wanted = plainName(part);
    const zip_int64_t exact = zip_name_locate(m_archive, wanted.toUtf8().constData(), 0);
    if (exact >= 0)
        return exact;
    const QStringList names = parts();
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (plainName(names[i]).compare(wanted, Qt::CaseInsensitive) == 0)
            return i;
    }
    return -1;
}

bool Package::has(const QString &part) const
{
    return indexOf(part) >= 0;
}

QStringList Package::parts() const
{
    QStringList names;
    const zip_int64_t count = std::min<zip_int64_t>(zip_get_num_entries(m_archive, 0), 100'000);
    for (zip_int64_t i = 0; i < count; ++i)
        names.append(QString::fromUtf8(zip_get_name(m_archive, zip_uint64_t(i), 0)));
    return names;
}

Result<std::unique_ptr<QIODevice>> Package::part(const QString &name)
{
    const qint64 index = indexOf(name);
    if (index < 0) {
        return fail(ErrorKind::NotFound,
                    TablesText::tr("The workbook is damaged: its part %1 is missing.").arg(name));
    }
    zip_stat_t about;
    zip_stat_init(&about);
    zip_stat_index(m_archive, zip_uint64_t(index), 0, &about);
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
        return fail(ErrorKind::InvalidInput, TablesText::tr("The zip file is encrypted."),
                    TablesText::tr("Save it without a password."));
    // A part is packed in less than the whole file, whatever the directory says.
    const qint64 packed = (about.valid & ZIP_STAT_COMP_SIZE) != 0
        ? std::min(qint64(about.comp_size), m_bytes)
        : m_bytes;
    const qint64 most = std::max(freeBytes, packed * mostRatio);
    const bool saysMore = (about.valid & ZIP_STAT_SIZE) != 0 && qint64(about.size) > most;
    if (saysMore || m_budget.left <= 0) {
        m_budget.isOverdrawn = true;
        return tl::unexpected(overdrawnError());
    }
    zip_file *file = zip_fopen_index(m_archive, zip_uint64_t(index), 0);
    if (!file) {
        return fail(ErrorKind::InvalidInput,
                    TablesText::tr("The workbook is damaged: its part %1 cannot be unpacked (%2).")
                        .arg(name, QString::fromUtf8(zip_strerror(m_archive))));
    }
    return std::make_unique<PartDevice>(file, most, m_budget);
}

QString resolvedPart(const QString &source, const QString &target)
{
    const QString path = QUrl::fromPercentEncoding(target.toUtf8()).replace(u'\\', u'/');
    QStringList folders;
    if (!path.startsWith(u'/')) {
        folders = plainName(source).split(u'/');
        folders.removeLast();
    }
    for (const QString &step : path.split(u'/', Qt::SkipEmptyParts)) {
        if (step == ".."_L1) {
            if (!folders.isEmpty())
                folders.removeLast();
        } else if (step != "."_L1) {
            folders.append(step);
        }
    }
    return folders.join(u'/');
}

} // namespace hubkeeper
