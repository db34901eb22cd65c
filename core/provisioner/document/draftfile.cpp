// SPDX-License-Identifier: MIT
#include "provisioner/document/draftfile.h"

#include "base/paths.h"
#include "base/savefile.h"
#include "provisioner/confidential/secretmask.h"
#include "provisioner/document/document.h"
#include "provisioner/provisionertext.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto formatName = "hubkeeper-draft"_L1;
constexpr int formatVersion = 1;
constexpr auto placeholder = "\"(secret)\"";

QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QString pathOf(const QString &folder, const QString &absolute)
{
    return folder + u'/' + hashOf(absolute.toUtf8()) + u".json"_s;
}

} // namespace

QString draftFolder(const QString &state)
{
    return state + u"/drafts"_s;
}

DraftFile::DraftFile(const QString &folder, const QString &provisioner)
    : m_provisioner(QFileInfo(provisioner).absoluteFilePath())
    , m_path(pathOf(folder, m_provisioner))
{
    auto lock =
        makePrivateFolder(folder).and_then([this] { return privateLock(m_path + u".lock"_s); });
    if (lock)
        m_lock = std::move(*lock);
    else
        m_fault = lock.error();
}

DraftFile::~DraftFile() = default;

bool DraftFile::exists(const QString &folder, const QString &provisioner)
{
    return QFile::exists(pathOf(folder, QFileInfo(provisioner).absoluteFilePath()));
}

Result<void> DraftFile::write(const JsonText &text, const QByteArray &saved)
{
    if (m_fault)
        return tl::unexpected(*m_fault);
    if (isTaken())
        return {};
    const QJsonObject json {
        {u"format"_s, formatName},
        {u"version"_s, formatVersion},
        {u"file"_s, m_provisioner},
        {u"saved"_s, hashOf(saved)},
        {u"written"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
        {u"text"_s, QString::fromLatin1(maskedText(text).toBase64())},
    };
    return saveFile(m_path, QJsonDocument(json).toJson(), FileMode::KeepOrPrivate);
}

Result<std::optional<Draft>> DraftFile::read(const QByteArray &file) const
{
    if (isTaken() || !QFile::exists(m_path))
        return std::nullopt;
    const auto bytes = readFile(m_path, 2 * Document::largestFile);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const QJsonObject json = QJsonDocument::fromJson(*bytes).object();
    const auto text = QByteArray::fromBase64Encoding(json["text"_L1].toString().toLatin1(),
                                                     QByteArray::AbortOnBase64DecodingErrors);
    const bool usable = json["format"_L1].toString() == formatName
        && json["version"_L1].toInt() == formatVersion && text
        && json["file"_L1].toString() == m_provisioner;
    if (!usable) {
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("The draft %1 is damaged.").arg(m_path),
                    ProvisionerText::tr("Discard it; the provisioner itself is untouched."));
    }
    return Draft {text.decoded, QDateTime::fromString(json["written"_L1].toString(), Qt::ISODate),
                  json["saved"_L1].toString() != hashOf(file)};
}

void DraftFile::remove()
{
    if (!isTaken())
        (void)removeFile(m_path); // What is left is offered again: asked once too often.
}

RestoredText restored(const Draft &draft, const JsonText &file)
{
    const JsonText text(draft.text);
    RestoredText result;
    QList<TextEdit> edits;
    for (int node = 0; node < text.nodeCount(); ++node) {
        if (text.node(node).kind != JsonKind::String || text.rawOf(node) != placeholder)
            continue;
        const int there = file.at(text.pointerOf(node));
        if (there == JsonText::none)
            ++result.lostSecrets;
        edits.append(replaceValue(
            text, node, there == JsonText::none ? QByteArray("null") : file.rawOf(there)));
    }
    result.text = applied(draft.text, edits);
    return result;
}

} // namespace hubkeeper
