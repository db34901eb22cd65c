// SPDX-License-Identifier: MIT
#include "window/maskingpolicy.h"

#include "base/settings.h"
#include "policy/policyfile.h"
#include "session/connections/connectionregistry.h"
#include "widgets/policynote.h"
#include "window/currentsession.h"

#include <QAction>
#include <QEvent>

namespace hubkeeper {

MaskingPolicy::MaskingPolicy(QAction &mask, Settings &settings, CurrentSession &keeper,
                             QObject *window)
    : QObject(window)
    , m_mask(mask)
    , m_settings(settings)
    , m_keeper(keeper)
{
    m_mask.setChecked(m_settings.value(setting::masksPersonalData));
    window->installEventFilter(this);
    connect(&m_keeper, &CurrentSession::connectionChanged, this, &MaskingPolicy::follow);
    connect(&m_keeper, &CurrentSession::sessionChanged, this, [this] {
        if (const auto &session = m_keeper.session())
            connect(session.get(), &Session::policyChanged, this, &MaskingPolicy::follow);
    });
    follow();
}

void MaskingPolicy::follow()
{
    const auto &connection = m_keeper.connection();
    const auto policy = currentPolicyFile();
    const bool isForced =
        !(connection && isExempt(*connection)) && (!policy || policy->masking.has_value());
    const QString note = !isForced ? QString()
        : policy                   ? policyNote(policy->file, *policy->masking)
                                   : policy.error().sentence();
    m_mask.setEnabled(!isForced);
    m_mask.setToolTip(note);
    m_mask.setStatusTip(note);
    if (isForced == m_isForced)
        return;
    m_isForced = true; // What is switched here is not the user's choice.
    m_mask.setChecked(isForced || m_settings.value(setting::masksPersonalData));
    m_isForced = isForced;
}

void MaskingPolicy::keep(bool isOn)
{
    if (!m_isForced)
        m_settings.setValue(setting::masksPersonalData, isOn);
}

bool MaskingPolicy::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::WindowActivate)
        follow(); // The administrator may have changed the file meanwhile.
    return QObject::eventFilter(watched, event);
}

} // namespace hubkeeper
