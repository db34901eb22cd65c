// SPDX-License-Identifier: MIT
// A preview of many users and many contacts, computed from a saved set in a process of its own: the
// time, and the most memory that it had. Arguments: how many objects a side has (100,000).
#include "idm/preview/previewstore.h"
#include "session/idm/previewjob.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

constexpr int rowsAtOnce = 1000;

const auto users = u"managed/user"_s;
const auto contacts = u"system/hubspot/contact"_s;

[[noreturn]] void giveUp(const QString &why)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(why));
    std::exit(1);
}

template <typename T>
T valueOf(Result<T> result)
{
    if (!result)
        giveUp(result.error().sentence());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

QString mailOf(int number)
{
    return u"person.%1@example.com"_s.arg(number);
}

QJsonObject userOf(int number)
{
    return {{u"_id"_s, u"5f1e7a2c-0000-4000-8000-%1"_s.arg(number, 12, 10, QChar(u'0'))},
            {u"_rev"_s, u"1"_s},
            {u"userName"_s, u"person.%1"_s.arg(number)},
            {u"givenName"_s, u"Given%1"_s.arg(number)},
            {u"sn"_s, u"Family%1"_s.arg(number % 900)},
            {u"mail"_s, mailOf(number)},
            {u"telephoneNumber"_s, u"+41 31 %1"_s.arg(number)},
            {u"city"_s, u"Bern"_s},
            {u"accountStatus"_s, u"active"_s},
            {u"effectiveRoles"_s, QJsonArray()},
            {u"effectiveAssignments"_s, QJsonArray()}};
}

/// Every fourth has another city, so that it is written.
QJsonObject contactOf(int number)
{
    return {{u"_id"_s, QString::number(100'000 + number)},
            {u"email"_s, mailOf(number)},
            {u"firstname"_s, u"Given%1"_s.arg(number)},
            {u"lastname"_s, u"Family%1"_s.arg(number % 900)},
            {u"phone"_s, u"+41 31 %1"_s.arg(number)},
            {u"city"_s, number % 4 == 0 ? u"Basel"_s : u"Bern"_s},
            {u"lifecyclestage"_s, u"lead"_s},
            {u"company"_s, u"Company %1"_s.arg(number % 5000)},
            {u"__NAME__"_s, mailOf(number)}};
}

QJsonObject mapping()
{
    QJsonArray properties;
    for (const auto &[source, target] :
         {std::pair(u"mail"_s, u"email"_s), std::pair(u"givenName"_s, u"firstname"_s),
          std::pair(u"sn"_s, u"lastname"_s), std::pair(u"telephoneNumber"_s, u"phone"_s),
          std::pair(u"city"_s, u"city"_s)})
        properties.append(QJsonObject {{u"source"_s, source}, {u"target"_s, target}});
    const auto policy = [](const QString &situation, const QString &action) {
        return QJsonObject {{u"situation"_s, situation}, {u"action"_s, action}};
    };
    return {{u"name"_s, u"managedUser_contact"_s},
            {u"source"_s, users},
            {u"target"_s, contacts},
            {u"properties"_s, properties},
            {u"correlationQuery"_s,
             QJsonObject {{u"type"_s, u"text/javascript"_s},
                          {u"file"_s, u"ui/correlateTreeToQueryFilter.js"_s},
                          {u"expressionTree"_s, QJsonObject {{u"any"_s, QJsonArray {u"email"_s}}}},
                          {u"mapping"_s, u"managedUser_contact"_s},
                          {u"linkQualifier"_s, u"default"_s}}},
            {u"sourceCondition"_s, u"/source/accountStatus eq \"active\""_s},
            {u"policies"_s, QJsonArray {policy(u"UNASSIGNED"_s, u"DELETE"_s)}}};
}

QJsonObject attribute()
{
    return {{u"type"_s, u"string"_s}};
}

/// Of a hundred users 70 are linked, 20 are found by correlation, 10 have no contact; 10 of a
/// hundred contacts belong to nobody.
void fill(PreviewStore &store, int count)
{
    QJsonObject properties;
    for (const QString &name : {u"email"_s, u"firstname"_s, u"lastname"_s, u"phone"_s, u"city"_s,
                                u"lifecyclestage"_s, u"company"_s})
        properties.insert(name, attribute());
    const QJsonObject type {{u"contact"_s, QJsonObject {{u"properties"_s, properties}}}};
    valueOf(store.setDocument(
        u"objectTypes"_s, QJsonObject {{u"hubspot"_s, QJsonObject {{u"objectTypes"_s, type}}}}));
    valueOf(store.setDocument(u"mappings"_s, QJsonArray {mapping()}));
    for (int first = 0; first < count; first += rowsAtOnce) {
        QJsonArray userRows;
        QJsonArray contactRows;
        QJsonArray linkRows;
        for (int number = first; number < std::min(count, first + rowsAtOnce); ++number) {
            const QJsonObject user = userOf(number);
            userRows.append(user);
            contactRows.append(contactOf(number % 100 < 90 ? number : number + count));
            if (number % 100 < 70)
                linkRows.append(QJsonObject {{u"_id"_s, u"link-%1"_s.arg(number)},
                                             {u"linkType"_s, u"managedUser_contact"_s},
                                             {u"linkQualifier"_s, u"default"_s},
                                             {u"firstId"_s, user["_id"_L1]},
                                             {u"secondId"_s, QString::number(100'000 + number)}});
        }
        valueOf(store.addObjects(users, userRows));
        valueOf(store.addObjects(contacts, contactRows));
        valueOf(store.addLinks(linkRows));
    }
}

/// The most memory that this process had, in bytes.
qint64 peakBytes()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        giveUp(u"/proc/self/status cannot be read."_s);
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toLongLong() * 1024;
    }
    return 0;
}

/// In the process of its own: one line of JSON.
int computeFrom(const QString &path)
{
    QElapsedTimer timer;
    timer.start();
    const PreviewInput input = valueOf(openPreviewFile(path));
    const qint64 opened = timer.restart();
    const PreviewOutcome outcome = valueOf(computePreview(input, {}));
    const qint64 computed = timer.elapsed();
    const QJsonObject line {{u"sources"_s, outcome.sourcesBefore},
                            {u"targets"_s, outcome.targetsBefore},
                            {u"created"_s, outcome.countOf(SyncAction::Create).known},
                            {u"changed"_s, outcome.countOf(SyncAction::Update).known},
                            {u"deleted"_s, outcome.countOf(SyncAction::Delete).known},
                            {u"openSeconds"_s, double(opened) / 1000},
                            {u"computeSeconds"_s, double(computed) / 1000},
                            {u"processorSeconds"_s, double(std::clock()) / CLOCKS_PER_SEC},
                            {u"peakMB"_s, double(peakBytes() >> 20)}};
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--compute"_L1)
        return computeFrom(arguments.value(2));
    const int count = arguments.size() > 1 ? arguments[1].toInt() : 100'000;
    QTemporaryDir folder;
    const QString path = folder.filePath(u"set"_s);
    const auto store = valueOf(PreviewStore::makeTemporary());
    fill(*store, count);
    valueOf(store->saveAs(path));
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QCoreApplication::applicationFilePath(), {u"--compute"_s, path});
    return process.waitForFinished(-1) ? process.exitCode() : 1;
}
