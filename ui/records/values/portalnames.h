// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"

#include <QObject>

#include <memory>

namespace hubkeeper {

class Session;

/// What properties and values of contacts and companies are called in the open portal, for views
/// that show both. Read when somebody wants them; until then, and where the portal does not
/// answer, the stored texts are shown.
class PortalNames final : public QObject
{
    Q_OBJECT

public:
    /// `masking` must outlive it.
    PortalNames(const Masking &masking, QObject *parent);
    ~PortalNames() override;

    /// Null for none.
    void setSession(std::shared_ptr<Session> session);
    /// Reads what is not known yet; changed() follows.
    void read();
    [[nodiscard]] const PropertyNames &of(ObjectType type) const;
    [[nodiscard]] const Masking &masking() const { return m_contacts.masking(); }

signals:
    void changed();

private:
    [[nodiscard]] PropertyNames &names(ObjectType type);

    PropertyNames m_contacts;
    PropertyNames m_companies;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    bool m_isRead = false;
};

} // namespace hubkeeper
