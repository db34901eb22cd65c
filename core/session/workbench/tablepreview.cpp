// SPDX-License-Identifier: MIT
#include "session/workbench/tablepreview.h"

#include "base/poolcall.h"
#include "session/sessiontext.h"
#include "tables/reading/readtable.h"

#include <QDir>
#include <QMutex>
#include <QTemporaryFile>
#include <QTimer>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr qsizetype blockBytes = 256 << 10; // Written at once.
constexpr size_t firstRows = 100; // Shown before a block is full.
constexpr auto lookEvery = 60ms;

void appendNumber(QByteArray &bytes, qint64 number)
{
    bytes.append(reinterpret_cast<const char *>(&number), sizeof number);
}

/// Takes numbers and texts off the beginning of what was written.
class Taker
{
public:
    explicit Taker(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }

    [[nodiscard]] qint64 number()
    {
        qint64 taken = 0;
        if (m_rest.size() < qsizetype(sizeof taken))
            return 0;
        std::memcpy(&taken, m_rest.data(), sizeof taken);
        m_rest = m_rest.sliced(sizeof taken);
        return taken;
    }
    [[nodiscard]] QString text()
    {
        const qsizetype size = std::clamp<qsizetype>(number(), 0, m_rest.size());
        const QString taken = QString::fromUtf8(m_rest.first(size));
        m_rest = m_rest.sliced(size);
        return taken;
    }
    [[nodiscard]] bool isAtEnd() const { return m_rest.isEmpty(); }

private:
    QByteArrayView m_rest;
};

} // namespace

class TablePreview::Private final : public TableSink
{
public:
    explicit Private(const QString &folder)
        : file(QDir(folder).filePath(u"preview-XXXXXX"_s))
    {
        QDir().mkpath(folder);
        isKeeping = file.open();
        path = file.fileName(); // It has no name before somebody asks.
    }

    bool begin(const TableFormat &found) override
    {
        const QMutexLocker lock(&mutex);
        format = found;
        return !stop.stop_requested();
    }

    bool row(const TableRow &row) override
    {
        if (row.isHeader) {
            const QMutexLocker lock(&mutex);
            for (const std::string_view cell : row.cells)
                header.append(QString::fromUtf8(cell.data(), qsizetype(cell.size())));
            width = std::max(width, int(row.cells.size()));
        } else {
            keep(row);
        }
        return !stop.stop_requested();
    }

    void fault(const TableFault &fault) override
    {
        const QMutexLocker lock(&mutex);
        ++faultCounts[fault.kind];
        if (faults.size() < mostPreviewFaults)
            faults.append(fault);
    }

    void keep(const TableRow &row)
    {
        ++read;
        newWidth = std::max(newWidth, int(row.cells.size()));
        if (isKeeping) {
            newOffsets.push_back(end + buffer.size());
            newNumbers.push_back(row.number);
            appendNumber(buffer, row.number);
            appendNumber(buffer, qint64(row.cells.size()));
            for (const std::string_view cell : row.cells) {
                appendNumber(buffer, qint64(cell.size()));
                buffer.append(cell.data(), qsizetype(cell.size()));
            }
        }
        const bool isFirst = !hasShown && newNumbers.size() >= firstRows;
        if (isFirst || buffer.size() >= blockBytes || read - published > 100'000)
            publish();
    }

    /// What was read becomes known, as far as the disk takes it.
    void publish()
    {
        hasShown = true;
        if (isKeeping && !buffer.isEmpty()) {
            isKeeping = file.write(buffer) == buffer.size() && file.flush()
                && end + buffer.size() < mostPreviewBytes;
            const bool isWritten = isKeeping || file.size() >= end + buffer.size();
            if (!isWritten) {
                newOffsets.clear();
                newNumbers.clear();
            } else {
                end += buffer.size();
            }
        }
        const QMutexLocker lock(&mutex);
        offsets.insert(offsets.end(), newOffsets.begin(), newOffsets.end());
        numbers.insert(numbers.end(), newNumbers.begin(), newNumbers.end());
        keptBytes = end;
        published = read;
        width = std::max(width, newWidth);
        newOffsets.clear();
        newNumbers.clear();
        buffer.clear();
    }

    // Of the thread that reads:
    QTemporaryFile file;
    QString path; // Does not change.
    std::stop_token stop;
    bool isKeeping = false;
    bool hasShown = false;
    QByteArray buffer;
    qint64 end = 0; // Of what is in the file.
    qint64 read = 0;
    int newWidth = 0;
    std::vector<qint64> newOffsets;
    std::vector<qint64> newNumbers;

    // Of all threads:
    mutable QMutex mutex;
    std::optional<TableFormat> format;
    QStringList header;
    QList<TableFault> faults;
    QMap<TableFaultKind, qint64> faultCounts;
    std::vector<qint64> offsets; // In the file, by place.
    std::vector<qint64> numbers;
    qint64 keptBytes = 0;
    qint64 published = 0;
    int width = 0;
};

TablePreview::TablePreview(const QString &folder)
    : d(std::make_unique<Private>(folder))
{
}

TablePreview::~TablePreview() = default;

Result<void> TablePreview::read(const QString &path, const TableOptions &options,
                                const std::stop_token &stop)
{
    d->stop = stop;
    auto outcome = readTable(path, options, *d);
    d->publish();
    if (stop.stop_requested())
        return fail(ErrorKind::Cancelled, {});
    return outcome;
}

std::optional<TableFormat> TablePreview::format() const
{
    const QMutexLocker lock(&d->mutex);
    return d->format;
}

QStringList TablePreview::header() const
{
    const QMutexLocker lock(&d->mutex);
    return d->header;
}

qint64 TablePreview::rowCount() const
{
    const QMutexLocker lock(&d->mutex);
    return qint64(d->numbers.size());
}

qint64 TablePreview::readCount() const
{
    const QMutexLocker lock(&d->mutex);
    return d->published;
}

int TablePreview::width() const
{
    const QMutexLocker lock(&d->mutex);
    return d->width;
}

QList<TableFault> TablePreview::faults() const
{
    const QMutexLocker lock(&d->mutex);
    return d->faults;
}

QMap<TableFaultKind, qint64> TablePreview::faultCounts() const
{
    const QMutexLocker lock(&d->mutex);
    return d->faultCounts;
}

Result<std::vector<PreviewRow>> TablePreview::rows(qint64 first, int count) const
{
    qint64 begin = 0;
    qint64 size = 0;
    {
        const QMutexLocker lock(&d->mutex);
        const qint64 all = qint64(d->offsets.size());
        if (first < 0 || first >= all || count <= 0)
            return std::vector<PreviewRow>();
        const qint64 last = std::min(all, first + count);
        begin = d->offsets[size_t(first)];
        size = (last < all ? d->offsets[size_t(last)] : d->keptBytes) - begin;
    }
    QFile file(d->path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(begin))
        return fail(
            ErrorKind::Storage,
            SessionText::tr("The rows that were read cannot be shown: %1").arg(file.errorString()));
    const QByteArray bytes = file.read(size);
    if (bytes.size() != size)
        return fail(
            ErrorKind::Storage,
            SessionText::tr("The rows that were read cannot be shown: %1").arg(file.errorString()));
    std::vector<PreviewRow> rows;
    Taker taker(bytes);
    while (!taker.isAtEnd()) {
        PreviewRow row;
        row.number = taker.number();
        for (qint64 cells = taker.number(); cells > 0 && !taker.isAtEnd(); --cells)
            row.cells.append(taker.text());
        rows.push_back(std::move(row));
    }
    return rows;
}

qint64 TablePreview::numberAt(qint64 place) const
{
    const QMutexLocker lock(&d->mutex);
    return place >= 0 && place < qint64(d->numbers.size()) ? d->numbers[size_t(place)] : 0;
}

qint64 TablePreview::placeOf(qint64 number) const
{
    const QMutexLocker lock(&d->mutex);
    const auto place = std::lower_bound(d->numbers.begin(), d->numbers.end(), number);
    const qint64 found = qint64(place - d->numbers.begin());
    return std::min(found, qint64(d->numbers.size()) - 1);
}

namespace {

class ReadPreview final : public Call<void>
{
public:
    ReadPreview(std::shared_ptr<TablePreview> preview, const QString &path,
                const TableOptions &options, QObject *parent)
        : Call(parent)
    {
        m_look.setInterval(lookEvery);
        connect(&m_look, &QTimer::timeout, this, [this, preview] {
            if (preview->format())
                emit progressed(preview->readCount(), -1);
        });
        m_look.start();
        auto *reading = new PoolCall<void>(
            [preview, path, options](const std::stop_token &stop) {
                return preview->read(path, options, stop);
            },
            this);
        always(reading, [this, preview](const Result<void> &read) {
            m_look.stop();
            emit progressed(preview->readCount(), -1);
            complete(read);
        });
    }

private:
    QTimer m_look;
};

} // namespace

Call<void> *readPreview(std::shared_ptr<TablePreview> preview, const QString &path,
                        const TableOptions &options, QObject *parent)
{
    return new ReadPreview(std::move(preview), path, options, parent);
}

} // namespace hubkeeper
