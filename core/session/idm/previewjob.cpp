// SPDX-License-Identifier: MIT
#include "session/idm/previewjob.h"

#include "base/poolcall.h"
#include "base/similarname.h"
#include "idm/preview/storepreview.h"
#include "reconcile/overlay/previewset.h"
#include "session/idm/previewreport.h"
#include "session/sessiontext.h"

#include <QTimer>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr std::chrono::milliseconds shownEvery {100};

/// Adds what a further id came to.
void add(ReconResult &all, const ReconResult &one)
{
    if (one.state != ReconResult::State::Success) {
        all.state = one.state;
        all.cause = one.cause;
    }
    all.complete = all.complete && one.complete;
    for (const QString &script : one.serverScripts) {
        if (!all.serverScripts.contains(script))
            all.serverScripts.append(script);
    }
    for (auto it = one.situations.cbegin(); it != one.situations.cend(); ++it)
        all.situations[it.key()] += it.value();
    all.successes += one.successes;
    all.failures += one.failures;
}

qint64 countIn(const Preview &preview, const QString &collection)
{
    const auto side = preview.objects().sides().find(collection);
    return side == preview.objects().sides().end() ? 0 : side->second.count();
}

const SyncMapping *chosen(const SyncMappings &mappings, const QString &name)
{
    const auto &list = mappings.mappings;
    const auto found = std::find_if(list.begin(), list.end(), [&](const SyncMapping &one) {
        return name.isEmpty() || one.name == name;
    });
    return found == list.end() ? nullptr : &*found;
}

tl::unexpected<Error> noMapping(const SyncMappings &mappings, const QString &name)
{
    QStringList names;
    for (const SyncMapping &one : mappings.mappings)
        names.append(one.name);
    if (names.isEmpty())
        return fail(ErrorKind::InvalidInput, SessionText::tr("There is no mapping."));
    const auto similar = mostSimilarName(name, names);
    return fail(ErrorKind::InvalidInput, SessionText::tr("There is no mapping %1.").arg(name),
                similar ? SessionText::tr("Did you mean %1?").arg(*similar)
                        : SessionText::tr("The mappings are: %1.").arg(names.join(u", "_s)));
}

/// One computation.
class PreviewJob
{
public:
    PreviewJob(const PreviewInput &input, const PreviewOrder &order, std::stop_token stop,
               const ReconObserver &observer)
        : m_input(input)
        , m_order(order)
        , m_stop(std::move(stop))
        , m_observer(observer)
    {
    }

    Result<PreviewOutcome> outcome()
    {
        auto opened = open();
        if (!opened)
            return tl::unexpected(opened.error());
        const std::unique_ptr<Preview> preview = std::move(*opened);
        m_outcome.mappings = preview->mappings();
        const SyncMapping *mapping = chosen(preview->mappings(), mappingName());
        if (!mapping)
            return noMapping(preview->mappings(), mappingName());
        if (const auto whole = checkSides(*mapping, *preview); !whole)
            return tl::unexpected(whole.error());
        if (const auto done = onStore([&] { compute(*preview, *mapping); }); !done)
            return tl::unexpected(done.error());
        if (const auto noted = m_input.store ? noteReadings(m_outcome) : Result<void>(); !noted)
            return tl::unexpected(noted.error());
        return countActions(m_outcome).map([this] { return std::move(m_outcome); });
    }

private:
    /// An edited mapping is the one that is meant.
    [[nodiscard]] QString mappingName() const
    {
        return m_order.mapping.isEmpty() && !m_order.edited.isEmpty()
            ? m_order.edited.first()["name"_L1].toString()
            : m_order.mapping;
    }

    Result<std::unique_ptr<Preview>> open()
    {
        auto store = m_input.store ? Result<std::shared_ptr<PreviewStore>>(m_input.store)
                                   : PreviewStore::makeTemporary();
        if (!store)
            return tl::unexpected(store.error());
        auto work = PreviewWork::make(*store);
        const auto mappings = m_input.mappings();
        if (!work || !mappings)
            return tl::unexpected(!work ? work.error() : mappings.error());
        m_outcome.work = *work;
        const QJsonArray list = replacedMappings(*mappings, m_order.edited);
        if (m_input.store)
            return previewOf(**work, list);
        Result<std::unique_ptr<Preview>> preview;
        const auto read = onStore(
            [&] { preview = readPreviewSet(m_input.json, m_order.run, (*work)->place(), list); });
        return read ? std::move(preview) : tl::unexpected(read.error());
    }

    /// A list that is missing in a file is not an empty one: everything would be created. Those of
    /// other mappings are not known, if anything asks for them.
    Result<void> checkSides(const SyncMapping &mapping, Preview &preview) const
    {
        if (m_input.store)
            return {};
        const QJsonArray runs = m_input.json["runs"_L1].toArray();
        const QJsonObject objects = m_order.run > 0
            ? runs.at(m_order.run - 1)["objectsAfter"_L1].toObject()
            : m_input.json["objectsBefore"_L1].toObject();
        for (const QString &collection : {mapping.source, mapping.target}) {
            if (!objects.contains(collection))
                return fail(ErrorKind::InvalidInput,
                            SessionText::tr("There is no list of %1, which mapping %2 needs.")
                                .arg(collection, mapping.name),
                            SessionText::tr("Add it to the objects of the file, empty if there "
                                            "are none."));
        }
        for (const SyncMapping &other : preview.mappings().mappings) {
            for (const QString &collection : {other.source, other.target}) {
                if (!objects.contains(collection))
                    preview.objects()
                        .side(collection)
                        .setFault({ObjectFault::NotRead, 503,
                                   SessionText::tr("%1 was not read.").arg(collection)});
            }
        }
        return {};
    }

    void compute(Preview &preview, const SyncMapping &mapping)
    {
        m_outcome.mapping = mapping.name;
        m_outcome.source = mapping.source;
        m_outcome.target = mapping.target;
        m_outcome.sourcesBefore = countIn(preview, mapping.source);
        m_outcome.targetsBefore = countIn(preview, mapping.target);
        m_outcome.result.mapping = mapping.name;
        ReconRequest request;
        request.overrides = m_order.parameters;
        request.keepsEntries = false;
        DamageWatch damage;
        PreviewSinks sinks;
        const bool linksAreKnown = hasLinks();
        sinks.entry = [&](ReconEntry entry) {
            entry.certain = entry.certain && linksAreKnown;
            m_outcome.work->add(entry);
            damage.take(entry);
        };
        sinks.implicit = [this](const ImplicitEntry &implicit) {
            m_outcome.work->add(implicit.entry, implicit.mapping);
        };
        const QStringList ids = m_order.ids.isEmpty() ? QStringList {QString()} : m_order.ids;
        for (const QString &id : ids) {
            if (!id.isNull())
                request.id = id;
            add(m_outcome.result, preview.run(mapping.name, request, m_stop, m_observer, sinks));
        }
        m_outcome.warnings = damage.warnings(preview, mapping.name, request);
    }

    /// Whether the links were read; without them no situation is certain.
    [[nodiscard]] bool hasLinks() const
    {
        const auto readings = m_outcome.work->store()->readings();
        return readings
            && std::none_of(readings->begin(), readings->end(), [](const auto &reading) {
                   return reading.collection == "repo/link"_L1 && !reading.gap.isEmpty();
               });
    }

    const PreviewInput &m_input;
    const PreviewOrder &m_order;
    const std::stop_token m_stop;
    const ReconObserver &m_observer;
    PreviewOutcome m_outcome;
};

} // namespace

Result<PreviewThreshold> PreviewThreshold::parse(SyncAction action, const QString &text)
{
    PreviewThreshold threshold;
    threshold.action = action;
    threshold.isShare = text.endsWith(u'%');
    bool isNumber = false;
    threshold.most = (threshold.isShare ? text.chopped(1) : text).toDouble(&isNumber);
    if (isNumber && threshold.most >= 0)
        return threshold;
    return fail(ErrorKind::InvalidInput,
                SessionText::tr("\"%1\" is neither a number nor a share.").arg(text),
                SessionText::tr("Give a number such as 5, or a share such as 5%."));
}

namespace {

/// In a thread of the pool, with progress brought here.
class ThreadedPreview final : public Call<PreviewOutcome>
{
public:
    ThreadedPreview(const PreviewInput &input, const PreviewOrder &order, QObject *parent)
        : Call(parent)
    {
        const auto done = std::make_shared<std::atomic<qint64>>(0);
        const auto total = std::make_shared<std::atomic<qint64>>(-1);
        const auto work = [input, order, done, total](const std::stop_token &stop) {
            return computePreview(input, order, stop, [&](const ReconProgress &progress) {
                *done = progress.sourcesDone + progress.targetsDone;
                *total =
                    progress.targets < 0 ? progress.sources : progress.sources + progress.targets;
            });
        };
        auto *timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this,
                unlessOver([this, done, total] { emit progressed(*done, *total); }));
        timer->start(shownEvery);
        always(new PoolCall<PreviewOutcome>(work, this),
               [this](const Result<PreviewOutcome> &outcome) { complete(outcome); });
    }
};

} // namespace

Call<PreviewOutcome> *previewInThread(const PreviewInput &input, const PreviewOrder &order,
                                      QObject *parent)
{
    return new ThreadedPreview(input, order, parent);
}

Result<PreviewOutcome> computePreview(const PreviewInput &input, const PreviewOrder &order,
                                      std::stop_token stop, const ReconObserver &observer)
{
    return PreviewJob(input, order, std::move(stop), observer).outcome();
}

} // namespace hubkeeper
