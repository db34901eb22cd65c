// SPDX-License-Identifier: MIT
#include "changes/set/stagerows.h"

#include "changes/set/rowedits.h"
#include "changes/set/rowjson.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int readyPerBlock = 500;
constexpr qsizetype mostLeft = 1000;

QString shiftedId(const QString &id, qint64 offset)
{
    const qint64 number = localNumber(id);
    return number == 0 ? id : u"new-%1"_s.arg(number + offset);
}

/// Both records of an association may be new. Throws as rowFromBody() does.
void shiftEnds(ReadyRow &row, qint64 offset)
{
    RowChange change = rowFromBody(row.body);
    change.id = shiftedId(change.id, offset);
    if (change.to)
        change.to->id = shiftedId(change.to->id, offset);
    row.key = keyOf(change);
    row.body = readyBody(change);
}

} // namespace

void shiftLocalId(ReadyRow &row, qint64 offset)
{
    if (row.key.subject == RowSubject::Association && offset != 0)
        return shiftEnds(row, offset);
    const qint64 number = localNumber(row.key.id);
    if (number == 0 || offset == 0)
        return;
    const QString id = u"new-%1"_s.arg(number + offset);
    // A quote inside a text is escaped: only the member can be spelled like this.
    const QByteArray before = "\"id\":\"" + row.key.id.toUtf8() + '"';
    const qsizetype at = row.body.indexOf(before);
    if (at >= 0)
        row.body.replace(at, before.size(), "\"id\":\"" + id.toUtf8() + '"');
    row.key.id = id;
}

QByteArray readyBody(const RowChange &row)
{
    return QJsonDocument(jsonOf(row)).toJson(QJsonDocument::Compact);
}

RowChange rowFromBody(const QByteArray &body)
{
    const auto json = QJsonDocument::fromJson(body);
    auto row = rowFromJson(json.isObject() ? QJsonValue(json.object()) : QJsonValue());
    if (!row)
        throw std::runtime_error("a row is damaged: " + row.error().toStdString());
    return *std::move(row);
}

void StageRows::writeTo(ChangeFile &file)
{
    file.dropStepsFrom(step);
    nextSequence = firstSequence;
    source->rewind();
    uses = source->uses(); // As if none of them was staged in another way.
    qint64 lastLocal = 0;
    qint64 done = 0;
    for (;;) {
        if (isStopped)
            giveUp(fail(ErrorKind::Cancelled, {}).value());
        auto rows = source->next(readyPerBlock);
        if (!rows)
            giveUp(rows.error());
        if (rows->empty())
            break;
        for (ReadyRow &row : *rows) {
            shiftLocalId(row, localOffset);
            if (row.key.subject == RowSubject::Record)
                lastLocal = std::max(lastLocal, localNumber(row.key.id));
            add(file, std::move(row));
        }
        done += qint64(rows->size());
        if (progress)
            progress(done);
    }
    file.noteLocalNumber(lastLocal);
    if (imageCount > 0) {
        file.putStep(step, {name, imageCount});
        file.setStepsDone(step + 1);
    }
}

void StageRows::add(ChangeFile &file, ReadyRow row)
{
    const auto staged = isEmpty ? std::nullopt : file.find(row.key);
    if (staged)
        return merge(file, *staged, rowFromBody(row.body));
    const qint64 sequence = nextSequence++;
    file.put(sequence, row);
    file.putImage(step, {sequence, std::nullopt});
    ++imageCount;
    ++added;
}

void StageRows::merge(ChangeFile &file, const NumberedRow &staged, const RowChange &row)
{
    const RowChange &before = *staged.row;
    count(row, -1);
    if (before.kind == ChangeKind::Create && before.cells == row.cells)
        return;
    const std::optional<RowChange> wanted = mergedRow(before, row);
    if (!wanted)
        return leave(row.label);
    if (wanted->cells == before.cells && wanted->kind == before.kind
        && wanted->state == before.state)
        return; // It is staged like that.
    file.putImage(step, staged);
    ++imageCount;
    ++added;
    count(before, -1);
    if (!isWorthKeeping(*wanted)) {
        file.drop(staged.sequence);
        dropped.emplace_back(keyOf(row), staged.sequence);
        return;
    }
    count(*wanted, 1);
    file.put(staged.sequence, *wanted);
    merged.push_back(staged.sequence);
}

void StageRows::count(const RowChange &row, int by)
{
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell)
        uses[cell.key().toLower()] += by;
}

void StageRows::giveUp(Error why)
{
    fault = std::move(why);
    throw std::runtime_error("given up");
}

void StageRows::leave(const QString &label)
{
    if (left.size() < mostLeft)
        left.append(label);
}

} // namespace hubkeeper
