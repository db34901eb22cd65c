// SPDX-License-Identifier: MIT
#include "changes/set/changesfile.h"

#include "base/qtcompat.h"
#include "base/savefile.h"
#include "changes/changestext.h"
#include "changes/set/changesreader.h"
#include "changes/set/rowjson.h"
#include "policy/account.h"

#include <QBuffer>
#include <QFile>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto writtenFormat = "hubkeeper-changes"_L1;
constexpr int writtenVersion = 3;
constexpr qint64 largestChangesFile = qint64(4) << 30; // Bytes.

Error notToBeSigned(const QString &reason)
{
    return fail(ErrorKind::InvalidInput,
                ChangesText::tr("This change set cannot be signed: %1.").arg(reason),
                ChangesText::tr("Open it and save it anew, or `hubkeeper-cli changes format`."))
        .value();
}

} // namespace

ChangesHeader headerFor(const ChangeBinding &binding, const QString &note)
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    return {binding, QDateTime::fromSecsSinceEpoch(now, utc), accountName(), note};
}

QByteArray lineOf(const ChangesHeader &header)
{
    QJsonObject json {{u"format"_s, writtenFormat},
                      {u"version"_s, writtenVersion},
                      {u"portal"_s, QString::number(header.binding.portalId)},
                      {u"created"_s, header.created.toUTC().toString(Qt::ISODate)},
                      {u"author"_s, header.author}};
    if (!header.binding.portalName.isEmpty())
        json.insert(u"portalName"_s, header.binding.portalName);
    if (!header.binding.connectionLabel.isEmpty())
        json.insert(u"connection"_s, header.binding.connectionLabel);
    if (!header.note.isEmpty())
        json.insert(u"note"_s, header.note);
    return canonicalLine(json);
}

QByteArray lineOf(const RowChange &row)
{
    if (row.state == RowState::Staged)
        return signedLineOf(row);
    QJsonObject json = jsonOf(row);
    json.remove("run"_L1);
    return canonicalLine(json);
}

QByteArray lineOf(const Signature &signature)
{
    return canonicalLine(jsonOf(signature));
}

QByteArray changesToLines(const ChangesHeader &header, const std::vector<RowChange> &rows)
{
    QByteArray lines = lineOf(header);
    for (const RowChange &row : rows)
        lines += lineOf(row);
    return lines;
}

Result<ExchangedChanges> changesFromFile(const QByteArray &content)
{
    QBuffer buffer;
    buffer.setData(content);
    buffer.open(QIODevice::ReadOnly);
    return ChangesReader(buffer).read();
}

Result<ExchangedChanges> readChangesFile(const QString &path)
{
    QFile file(path);
    if (file.size() > largestChangesFile)
        return fail(ErrorKind::InvalidInput, ChangesText::tr("%1 is larger than 4 GB.").arg(path),
                    ChangesText::tr("Split it."));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::InvalidInput,
                    ChangesText::tr("%1 cannot be read: %2.").arg(path, file.errorString()),
                    ChangesText::tr("Choose another file."));
    auto read = ChangesReader(file).read();
    if (read && file.error() != QFileDevice::NoError)
        return fail(ErrorKind::InvalidInput,
                    ChangesText::tr("%1 cannot be read: %2.").arg(path, file.errorString()),
                    ChangesText::tr("Choose another file."));
    return read;
}

std::optional<Error> refusalToSign(const ExchangedChanges &changes)
{
    if (!changes.contents)
        return notToBeSigned(ChangesText::tr("it was saved by an older version"));
    if (changes.binding().portalId == 0)
        return notToBeSigned(ChangesText::tr("it does not say for which portal it is"));
    if (changes.otherForm > 0)
        return notToBeSigned(
            ChangesText::tr("line %1 is not in canonical form").arg(changes.otherForm));
    for (size_t i = 0; i < changes.rows.size(); ++i) {
        if (signedLineOf(changes.rows[i]) != lineOf(changes.rows[i]))
            return notToBeSigned(
                ChangesText::tr("line %1 was sent already, or is not staged").arg(i + 2));
    }
    if (changes.rows.empty())
        return notToBeSigned(ChangesText::tr("it has no rows"));
    return {};
}

Result<void> addSignature(const QString &path, const Signature &signature)
{
    const auto changes = readChangesFile(path);
    if (!changes)
        return tl::unexpected(changes.error());
    if (const auto refusal = refusalToSign(*changes))
        return tl::unexpected(*refusal);
    for (const Signature &other : changes->contents->signatures) {
        if (other.key == signature.key)
            return fail(ErrorKind::Conflict,
                        ChangesText::tr("%1 was signed with this key already.").arg(path));
    }
    if (changes->contents->digest() != signature.digest)
        return fail(ErrorKind::Conflict,
                    ChangesText::tr("%1 was changed while it was being signed.").arg(path),
                    ChangesText::tr("Look at it again, then sign it."));
    return readFile(path, largestChangesFile).and_then([&](const QByteArray &content) {
        return saveFile(path, content + lineOf(signature), FileMode::KeepOrPrivate);
    });
}

} // namespace hubkeeper
