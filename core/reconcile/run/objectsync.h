// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/run/correlate.h"
#include "reconcile/run/syncrun.h"

namespace hubkeeper {

/// An object that is read when it is needed.
class LazyObject
{
public:
    LazyObject() = default; ///< There is none.
    explicit LazyObject(QString id)
        : m_id(std::move(id))
    {
    }

    [[nodiscard]] bool isSet() const { return !m_id.isNull(); }
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] const std::optional<QJsonObject> &object() const { return m_object; }

    void setObject(std::optional<QJsonObject> object);
    [[nodiscard]] Step load(ObjectAccess &objects, const QString &collection);

    /// The object; null if it is set and gone, undefined if there is none.
    [[nodiscard]] QJsonValue seen() const;

private:
    QString m_id;
    bool m_isLoaded = false;
    std::optional<QJsonObject> m_object;
};

/// One object under one link qualifier: finds its situation, decides on the action, does it. The
/// kinds of start say which.
class ObjectSync
{
public:
    ObjectSync(SyncRun &run, QString qualifier);

    /// A source object of a reconciliation; none if it is gone.
    void ofSource(const QString &id, const std::optional<QJsonObject> &object);
    /// A source object that was created or changed.
    void ofChangedSource(const QString &id, const QJsonObject &object);
    /// A source object that was deleted, as it was.
    void ofDeletedSource(const QString &id, const QJsonObject &before);
    /// A target of the list.
    void ofTarget(const QString &id);

    /// Does all of it; what is wrong with the object goes into the entry, what breaks the run off
    /// is returned.
    [[nodiscard]] Step sync();

    [[nodiscard]] const ReconEntry &entry() const { return m_entry; }
    /// Targets that the target phase does not look at any more.
    [[nodiscard]] QStringList touchedTargets() const;

private:
    enum class Start { Source, ChangedSource, DeletedSource, Target };

    // objectsituation.cpp
    [[nodiscard]] Step assess();
    [[nodiscard]] Step assessSource();
    [[nodiscard]] Step assessDeletedSource();
    [[nodiscard]] Step assessTarget();
    [[nodiscard]] Found<bool> isSourceValid(const QJsonValue &source, bool withCondition);
    [[nodiscard]] Found<bool> isTargetValid();
    [[nodiscard]] Found<bool> hasTarget();
    [[nodiscard]] Found<int> correlateSource(const QJsonValue &source);
    void setTarget(const QString &id, const QJsonObject &row);

    // objectpolicy.cpp
    [[nodiscard]] Step decide();
    [[nodiscard]] Step decideByScript(const MappingScript &script);
    [[nodiscard]] Step runPostAction();
    [[nodiscard]] QJsonObject actionParameters() const;

    // objectaction.cpp
    [[nodiscard]] Step perform();
    [[nodiscard]] Step create();
    [[nodiscard]] Step updateOrLink(bool isUpdate);
    [[nodiscard]] Step updateTarget(const QJsonObject &before);
    [[nodiscard]] Step removeTarget();
    [[nodiscard]] Step unlink();
    [[nodiscard]] Step createLink(QJsonObject *target);
    [[nodiscard]] Step postMapping();
    [[nodiscard]] Step keepLastSync();
    [[nodiscard]] Step runHook(const QString &name, const QString &targetId,
                               const QJsonValue &target, const QJsonValue &oldTarget,
                               QJsonObject *changed);
    [[nodiscard]] QJsonObject values() const;

    void note(const SyncTrouble &trouble);
    [[nodiscard]] Step finish();
    [[nodiscard]] Found<QString> shownTargetId();

    SyncRun &m_run;
    const QString m_qualifier;
    Start m_start = Start::Source;
    LazyObject m_source;
    QJsonValue m_before = QJsonValue::Undefined; ///< Of a deleted source.
    LazyObject m_target;
    std::optional<SyncLink> m_link;
    bool m_targetIsGone = false; ///< Deleted here.
    const SyncPolicy *m_postPolicy = nullptr;
    ReconEntry m_entry;
};

} // namespace hubkeeper
