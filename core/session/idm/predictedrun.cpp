// SPDX-License-Identifier: MIT
#include "session/idm/predictedrun.h"

#include "session/idm/previewjson.h"
#include "session/sessiontext.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestFile = 256 << 20; // Bytes.

SyncAction changeFrom(const QString &word)
{
    return word == "created"_L1 ? SyncAction::Create
        : word == "deleted"_L1  ? SyncAction::Delete
                                : SyncAction::Update;
}

QString textOf(const PreviewThreshold &threshold)
{
    return QString::number(threshold.most) + (threshold.isShare ? u"%"_s : QString());
}

} // namespace

Result<QStringList> PredictedRun::overThresholds(const QList<PreviewThreshold> &thresholds) const
{
    QStringList sentences;
    for (const PreviewThreshold &threshold : thresholds) {
        const qint64 of = threshold.action == SyncAction::Create ? sources : targets;
        if (threshold.isShare && of < 0)
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("The preview does not say of how many objects %1 is a "
                                        "share.")
                            .arg(textOf(threshold)),
                        SessionText::tr("Give a number, or make the preview again."));
        const double most =
            threshold.isShare ? threshold.most / 100.0 * double(of) : threshold.most;
        const qint64 count = counts.value(threshold.action);
        if (double(count) > most)
            sentences.append(SessionText::tr("%1 for %2 objects, more than %3.")
                                 .arg(wordOf(threshold.action))
                                 .arg(count)
                                 .arg(textOf(threshold)));
    }
    return sentences;
}

PredictedRun PredictedRun::ofSource(const QString &id) const
{
    PredictedRun own = *this;
    own.entries.removeIf([&id](const AuditEntry &entry) {
        return !entry.ofTargetPhase && !entry.sourceId.endsWith(u'/' + id);
    });
    return own;
}

Result<PredictedRun> predictedRunFrom(const QJsonObject &preview)
{
    if (!preview["entries"_L1].isArray() || !preview["mapping"_L1].isString())
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("This is not what `idm preview --json` prints."),
                    SessionText::tr("Make a preview with it, and name that file."));
    PredictedRun run;
    run.mapping = preview["mapping"_L1].toString();
    run.isComplete = preview["complete"_L1].toBool();
    run.state = preview["state"_L1].toString();
    run.cause = preview["cause"_L1].toString();
    run.sources = preview["sources"_L1].toInteger(-1);
    run.targets = preview["targets"_L1].toInteger(-1);
    const QJsonArray entries = preview["entries"_L1].toArray();
    for (const QJsonValue &json : entries) {
        const AuditEntry entry = auditEntryFrom(json.toObject());
        run.entries.append(entry);
        const bool mayBeDone = entry.status != "FAILURE"_L1;
        if (entry.action == "UNLINK"_L1 && mayBeDone)
            ++run.counts[SyncAction::Unlink];
    }
    const QString target = preview["target"_L1].toString();
    const QJsonArray written = preview["written"_L1].toArray();
    for (const QJsonValue &json : written) {
        const SyncAction change = changeFrom(json["change"_L1].toString());
        // Whatever it deletes counts, in other collections by implicit synchronisation.
        const bool isCounted = change == SyncAction::Delete || target.isEmpty()
            || json["collection"_L1].toString() == target;
        run.counts[change] += isCounted ? 1 : 0;
    }
    return run;
}

Result<PredictedRun> readPredictedRun(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return fail(file.exists() ? ErrorKind::Forbidden : ErrorKind::NotFound,
                    SessionText::tr("%1 cannot be read.").arg(path),
                    SessionText::tr("Check the name and whether you may read the file."));
    if (file.size() > largestFile)
        return fail(ErrorKind::InvalidInput, SessionText::tr("%1 is too large.").arg(path),
                    SessionText::tr("`idm recon --preview` without a file computes the preview "
                                    "itself."));
    return predictedRunFrom(QJsonDocument::fromJson(file.readAll()).object())
        .map_error([&path](Error error) {
            error.what = path + u": "_s + error.what;
            return error;
        });
}

Result<PredictedRun> predictedRunOf(const PreviewOutcome &outcome)
{
    QByteArray json; // As if it had been printed: one way to read it.
    return writePreviewJson(outcome, [&json](const QByteArray &piece) { json += piece; })
        .and_then([&json] { return predictedRunFrom(QJsonDocument::fromJson(json).object()); });
}

Result<void> checkPrediction(const PredictedRun &predicted, const QString &mapping,
                             const QList<PreviewThreshold> &thresholds, DoubtfulRun doubtful)
{
    if (predicted.mapping != mapping)
        return fail(
            ErrorKind::InvalidInput,
            SessionText::tr("The preview is of %1, not of %2.").arg(predicted.mapping, mapping),
            SessionText::tr("Make a preview of %1, and name that.").arg(mapping));
    if (thresholds.isEmpty() && doubtful == DoubtfulRun::IsAllowed)
        return {};
    const QString nothing = SessionText::tr("Nothing was started.");
    if (!predicted.isComplete)
        return fail(ErrorKind::Refused,
                    thresholds.isEmpty()
                        ? SessionText::tr("The preview is not complete: what the run would delete "
                                          "is not known.")
                        : SessionText::tr("The preview is not complete, so it is not known whether "
                                          "a threshold is exceeded."),
                    nothing);
    if (predicted.state != "SUCCESS"_L1)
        return fail(ErrorKind::Refused,
                    SessionText::tr("The server would break the run off: %1").arg(predicted.cause),
                    nothing);
    return predicted.overThresholds(thresholds)
        .and_then([&nothing](const QStringList &over) -> Result<void> {
            if (over.isEmpty())
                return {};
            return fail(ErrorKind::Refused, over.join(u' '), nothing);
        });
}

} // namespace hubkeeper
