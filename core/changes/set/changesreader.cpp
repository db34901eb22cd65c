// SPDX-License-Identifier: MIT
#include "changes/set/changesreader.h"

#include "base/qtcompat.h"
#include "changes/changestext.h"
#include "changes/set/rowjson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto knownFormat = "hubkeeper-changes"_L1;
constexpr int newestVersion = 3;
constexpr qsizetype mostFaults = 20;
constexpr qint64 longestLine = 64 << 20; // Bytes.

tl::unexpected<Error> notAChangesFile(const QString &reason)
{
    return fail(ErrorKind::InvalidInput,
                ChangesText::tr("This is not a file of changes: %1.").arg(reason),
                ChangesText::tr("Choose a file that was saved by this program."));
}

} // namespace

ChangesReader::ChangesReader(QIODevice &device)
    : m_device(device)
{
}

void ChangesReader::refuse(const QString &place, const QString &phrase)
{
    ++m_faultCount;
    if (m_faults.size() < mostFaults)
        m_faults.append({place, {}, phrase});
}

Result<ExchangedChanges> ChangesReader::read()
{
    const QByteArray first = m_device.readLine(longestLine);
    m_line = 1;
    const QJsonObject header = QJsonDocument::fromJson(first).object();
    const double version = header.value("version"_L1).toDouble();
    const bool isOurs = header.value("format"_L1).toString() == knownFormat;
    if (isOurs && version > newestVersion)
        return fail(ErrorKind::InvalidInput,
                    ChangesText::tr("This file of changes is of version %1; this program reads "
                                    "versions up to %2.")
                        .arg(version)
                        .arg(newestVersion),
                    ChangesText::tr("Update this program."));
    if (!isOurs || (version != 2 && version != newestVersion))
        return readVersion1(first);
    m_version = int(version);
    readHeader(first, header);
    while (!m_device.atEnd()) {
        const QByteArray line = m_device.readLine(longestLine);
        ++m_line;
        readLine(line, ChangesText::tr("line %1").arg(m_line));
    }
    return finish();
}

Result<ExchangedChanges> ChangesReader::readVersion1(const QByteArray &start)
{
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(start + m_device.readAll(), &parsed);
    if (parsed.error != QJsonParseError::NoError)
        return notAChangesFile(
            ChangesText::tr("%1 at byte %2").arg(parsed.errorString()).arg(parsed.offset));
    const QJsonObject file = document.object();
    if (file.value("format"_L1).toString() != knownFormat)
        return notAChangesFile(ChangesText::tr("its \"format\" is not \"%1\"").arg(knownFormat));
    if (file.value("version"_L1) != QJsonValue(1))
        return notAChangesFile(
            ChangesText::tr("its version is not from 1 to %1").arg(newestVersion));
    if (!file.value("rows"_L1).isArray() || file.size() != 3)
        return notAChangesFile(ChangesText::tr("it holds something else than rows"));
    m_version = 1;
    const QJsonArray array = file.value("rows"_L1).toArray();
    for (qsizetype i = 0; i < array.size(); ++i)
        add(array[i], ChangesText::tr("row %1").arg(i + 1));
    return finish();
}

void ChangesReader::readHeader(const QByteArray &line, const QJsonObject &header)
{
    QStringList known {u"format"_s, u"version"_s, u"portal"_s, u"portalName"_s, u"connection"_s};
    if (m_version >= 3)
        known << u"created"_s << u"author"_s << u"note"_s;
    const QString place = ChangesText::tr("line %1").arg(1);
    for (auto member = header.begin(); member != header.end(); ++member) {
        if (!known.contains(member.key()))
            refuse(place, ChangesText::tr("\"%1\" is not known").arg(member.key().left(40)));
        else if (member.key() != "version"_L1 && !member->isString())
            refuse(place, ChangesText::tr("\"%1\" is not a text").arg(member.key()));
    }
    ChangesHeader &read = m_read.header;
    bool isNumber = false;
    read.binding.portalId = header.value("portal"_L1).toString().toLongLong(&isNumber);
    if (!isNumber || read.binding.portalId < 0)
        refuse(place, ChangesText::tr("\"portal\" is not the id of a portal, as a text"));
    read.binding.portalName = header.value("portalName"_L1).toString();
    read.binding.connectionLabel = header.value("connection"_L1).toString();
    read.author = header.value("author"_L1).toString();
    read.note = header.value("note"_L1).toString();
    read.created =
        QDateTime::fromString(header.value("created"_L1).toString(), Qt::ISODate).toUTC();
    if (m_version < 3)
        return;
    if (read.author.isEmpty())
        refuse(place, ChangesText::tr("\"author\" is empty"));
    if (!read.created.isValid())
        refuse(place, ChangesText::tr("\"created\" is not a time"));
    m_contents.header = line;
    m_contents.portalId = read.binding.portalId;
    m_contents.author = read.author;
    noteForm(canonicalLine(header) == line);
}

void ChangesReader::noteForm(bool isCanonical)
{
    if (!isCanonical && m_read.otherForm == 0)
        m_read.otherForm = m_line;
}

void ChangesReader::readLine(const QByteArray &line, const QString &place)
{
    QJsonParseError parsed;
    const auto document = QJsonDocument::fromJson(line, &parsed);
    if (parsed.error != QJsonParseError::NoError)
        return refuse(
            place, ChangesText::tr("%1 at byte %2").arg(parsed.errorString()).arg(parsed.offset));
    if (!document.isObject())
        return refuse(place, ChangesText::tr("it is not an object"));
    QJsonObject json = document.object();
    if (m_version >= 3 && json.contains("signature"_L1))
        return addSignature(json, line, place);
    if (!m_contents.signatures.isEmpty())
        return refuse(place, ChangesText::tr("a row comes after a signature"));
    if (m_version < 3)
        return add(json, place);
    if (!json.contains("state"_L1))
        json.insert(u"state"_s, nameOf(RowState::Staged));
    m_contents.rowDigests += lineDigest(line);
    const qsizetype before = qsizetype(m_read.rows.size());
    add(json, place);
    if (qsizetype(m_read.rows.size()) > before)
        noteForm(lineOf(m_read.rows.back()) == line);
}

void ChangesReader::add(const QJsonValue &json, const QString &place)
{
    auto read = rowFromJson(json);
    if (!read)
        return refuse(place, read.error());
    addRow(std::move(*read), place);
}

void ChangesReader::addRow(RowChange row, const QString &place)
{
    if (row.state == RowState::Sending) // Nobody knows how that ended.
        row.state = RowState::Unknown;
    row.run.clear();
    const RowKey key = keyOf(row);
    if (m_seen.contains(key))
        return refuse(place, ChangesText::tr("the record is there twice"));
    m_seen.insert(key);
    const bool isLocal = localNumber(row.id) > 0;
    if (row.subject == RowSubject::Record && row.kind == ChangeKind::Create && isLocal)
        m_created.insert({row.type, row.id});
    else if (row.subject != RowSubject::Definition && isLocal)
        m_needed.append({{row.type, row.id}, place});
    if (row.to && localNumber(row.to->id) > 0)
        m_needed.append({{row.to->type, row.to->id}, place});
    m_read.rows.push_back(std::move(row));
}

void ChangesReader::addSignature(const QJsonObject &json, const QByteArray &line,
                                 const QString &place)
{
    const auto signature = signatureFromJson(json);
    if (!signature)
        return refuse(place, signature.error());
    if (canonicalLine(json) != line)
        return refuse(place, ChangesText::tr("the line of a signature was changed"));
    for (const Signature &other : std::as_const(m_contents.signatures)) {
        if (other.key == signature->key)
            return refuse(place, ChangesText::tr("the same key has signed it twice"));
    }
    m_contents.signatures.append(*signature);
}

Result<ExchangedChanges> ChangesReader::finish()
{
    for (const auto &[key, place] : std::as_const(m_needed)) {
        if (!m_created.contains(key))
            refuse(place, ChangesText::tr("no row creates %1").arg(key.id));
    }
    if (m_faultCount == 0) {
        if (m_version >= 3) {
            m_contents.prepare();
            m_read.contents = std::make_shared<const SignedChanges>(std::move(m_contents));
        }
        return std::move(m_read);
    }
    const FieldFault &first = m_faults.first();
    QString reason = u"%1: %2"_s.arg(first.property, first.message);
    if (m_faultCount > 1) {
        QStringList places;
        for (qsizetype i = 1; i < m_faults.size(); ++i)
            places.append(m_faults[i].property);
        //: %1 says what is wrong first, %2 lists lines, %3 is a number.
        reason = ChangesText::tr("%1; more faults in %2 (%3 in all)")
                     .arg(reason, places.join(u", "_s), QString::number(m_faultCount));
    }
    auto error = notAChangesFile(reason);
    error.value().fields = m_faults;
    return error;
}

} // namespace hubkeeper
