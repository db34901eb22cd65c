// SPDX-License-Identifier: MIT
// The search itself: forms of a secret, files, pieces.
#include "session/secrets/leaksearch.h"

#include "base/poolcall.h"
#include "session/sessiontext.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype shortestSecret = 8; // Bytes; shorter ones are found everywhere.
constexpr qsizetype pieceSize = 1 << 20; // Bytes read at once.

/// One text to look for: a secret in one of its forms.
struct Needle
{
    Secret text;
    QString secret;
    QString form;
};

using Needles = std::vector<Needle>;

void add(Needles &needles, QByteArray &&text, const QString &name, const QString &form)
{
    const Secret needle(std::move(text));
    const bool isThere = std::any_of(needles.begin(), needles.end(), [&](const Needle &other) {
        return other.text.equals(needle);
    });
    if (!needle.isEmpty() && !isThere)
        needles.push_back({needle.clone(), name, form});
}

/// Base64 of a longer text that has the secret `shift` bytes after a boundary of three: what does
/// not depend on the neighbours.
QByteArray base64Within(const QByteArray &clear, int shift, QByteArray::Base64Options options)
{
    QByteArray padded = QByteArray(shift, '\0') + clear;
    padded.chop(padded.size() % 3); // The last group depends on what follows.
    QByteArray encoded = padded.toBase64(options);
    wipe(padded);
    const qsizetype dependent = shift == 0 ? 0 : 4; // So does the first on what comes before.
    QByteArray part = encoded.mid(dependent);
    wipe(encoded);
    return part;
}

QByteArray jsonEscaped(const QByteArray &clear)
{
    QByteArray escaped = clear;
    return escaped.replace('\\', "\\\\").replace('"', "\\\"").replace('/', "\\/");
}

void addForms(Needles &needles, const KnownSecret &known)
{
    known.value.withClearText([&](std::string_view view) {
        QByteArray clear(view.data(), qsizetype(view.size()));
        if (clear.size() < shortestSecret)
            return wipe(clear);
        add(needles, QByteArray(view.data(), qsizetype(view.size())), known.name,
            SessionText::tr("plain text"));
        add(needles, clear.toPercentEncoding(), known.name, u"percent-encoded"_s);
        add(needles, jsonEscaped(clear), known.name, u"JSON-escaped"_s);
        const QString wide = QString::fromUtf8(clear);
        add(needles, QByteArray(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2),
            known.name, u"UTF-16"_s);
        for (int shift = 0; shift < 3; ++shift) {
            for (const auto options : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding})
                add(needles, base64Within(clear, shift, options), known.name, u"base64"_s);
        }
        wipe(clear);
    });
}

QStringList filesIn(const QStringList &places, const QStringList &expected)
{
    QSet<QString> left;
    for (const QString &path : expected)
        left.insert(QFileInfo(path).canonicalFilePath());
    QStringList files;
    const auto take = [&](const QFileInfo &file) {
        if (file.isFile() && !file.isSymLink() && !left.contains(file.canonicalFilePath()))
            files.append(file.absoluteFilePath());
    };
    for (const QString &place : places) {
        if (!QFileInfo(place).isDir()) {
            take(QFileInfo(place));
            continue;
        }
        QDirIterator it(place, QDir::Files | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                        QDirIterator::Subdirectories);
        while (it.hasNext())
            take(QFileInfo(it.next()));
    }
    files.removeDuplicates(); // One place may lie within another.
    return files;
}

/// Looks through the files one after the other.
class Search
{
public:
    Search(const Needles &needles, std::stop_token stop, std::function<void(qint64)> progress)
        : m_needles(needles)
        , m_stop(std::move(stop))
        , m_progress(std::move(progress))
    {
        for (const Needle &needle : m_needles) {
            needle.text.withClearText([&](std::string_view text) {
                m_overlap = std::max(m_overlap, qsizetype(text.size()) - 1);
            });
        }
    }

    LeakReport run(const QStringList &files)
    {
        for (const QString &path : files) {
            if (m_stop.stop_requested())
                break;
            lookInto(path);
        }
        return std::move(m_report);
    }

private:
    void lookInto(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            m_report.unreadable.append(path);
            return;
        }
        ++m_report.files;
        QByteArray window; // The end of the piece before, then the new piece.
        qint64 start = 0; // Of the window, in the file.
        while (!m_stop.stop_requested()) {
            const QByteArray piece = file.read(pieceSize);
            if (piece.isEmpty())
                break;
            window += piece;
            lookInto(path, window, start);
            m_report.bytes += piece.size();
            m_progress(m_report.bytes);
            const qsizetype kept = std::min(window.size(), m_overlap);
            start += window.size() - kept;
            window = window.right(kept);
        }
        wipe(window);
    }

    void lookInto(const QString &path, const QByteArray &window, qint64 start)
    {
        const std::string_view all(window.data(), size_t(window.size()));
        for (const Needle &needle : m_needles) {
            needle.text.withClearText([&](std::string_view text) {
                for (size_t at = all.find(text); at != std::string_view::npos;
                     at = all.find(text, at + text.size()))
                    report({path, start + qint64(at), needle.secret, needle.form});
            });
        }
    }

    void report(const Leak &leak)
    {
        // A hit in the overlap is seen twice.
        if (m_report.leaks.size() < LeakReport::mostLeaks && !m_report.leaks.contains(leak))
            m_report.leaks.append(leak);
    }

    const Needles &m_needles;
    const std::stop_token m_stop;
    const std::function<void(qint64)> m_progress;
    qsizetype m_overlap = 0;
    LeakReport m_report;
};

/// Brings progress from the pool's thread to this one.
class SearchForLeaks final : public Call<LeakReport>
{
public:
    SearchForLeaks(std::vector<KnownSecret> secrets, QStringList places, QStringList expected,
                   QObject *parent)
        : Call(parent)
    {
        auto known = std::make_shared<const std::vector<KnownSecret>>(std::move(secrets));
        const auto progress = [self = QPointer<SearchForLeaks>(this)](qint64 bytes) {
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [self, bytes] {
                    if (self)
                        emit self->progressed(bytes, -1);
                },
                Qt::QueuedConnection);
        };
        const auto work = [known, places = std::move(places), expected = std::move(expected),
                           progress](const std::stop_token &stop) -> Result<LeakReport> {
            Needles needles;
            int looked = 0;
            for (const KnownSecret &secret : *known) {
                const size_t before = needles.size();
                addForms(needles, secret);
                looked += needles.size() > before ? 1 : 0;
            }
            LeakReport report = Search(needles, stop, progress).run(filesIn(places, expected));
            report.secrets = looked;
            return report;
        };
        auto *call = new PoolCall<LeakReport>(work, this);
        call->onDone(this, [this](const Result<LeakReport> &report) { complete(report); });
    }
};

} // namespace

Call<LeakReport> *searchForLeaks(std::vector<KnownSecret> secrets, const QStringList &places,
                                 const QStringList &expected, QObject *parent)
{
    return new SearchForLeaks(std::move(secrets), places, expected, parent);
}

} // namespace hubkeeper
