// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QIODevice>

#include <memory>

struct zip;
struct zip_file;

namespace hubkeeper {

/// Bytes that may still be unpacked, from all parts of a package together.
struct UnpackBudget
{
    qint64 left = 0;
    bool isOverdrawn = false; ///< A part asked for more: the package is refused.
};

/// One part of a package, unpacked while it is read. A device that reads past its bounds fails and
/// marks the budget; sizes that the package states are not believed.
class PartDevice final : public QIODevice
{
public:
    /// Takes the file. `mostBytes`: of this part.
    PartDevice(zip_file *file, qint64 mostBytes, UnpackBudget &budget);
    ~PartDevice() override;

    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    zip_file *m_file;
    qint64 m_left;
    UnpackBudget &m_budget;
};

/// A zip file of the Open Packaging Conventions. One thread.
class Package
{
public:
    /// Fails with InvalidInput: it is not a zip file, or is damaged.
    [[nodiscard]] static Result<std::unique_ptr<Package>> open(const QString &path);
    ~Package();
    Q_DISABLE_COPY_MOVE(Package)

    /// Names of parts are compared without case, "/" at the beginning and "\" for "/".
    [[nodiscard]] bool has(const QString &part) const;
    [[nodiscard]] QStringList parts() const;
    /// Opened for reading. Fails with NotFound, with InvalidInput where it is encrypted or would
    /// unpack to more than the bounds allow.
    [[nodiscard]] Result<std::unique_ptr<QIODevice>> part(const QString &name);

    [[nodiscard]] bool isOverdrawn() const { return m_budget.isOverdrawn; }

private:
    Package(zip *archive, qint64 bytes);
    [[nodiscard]] qint64 indexOf(const QString &part) const;

    zip *m_archive;
    qint64 m_bytes; ///< Of the file.
    UnpackBudget m_budget;
};

/// The error for a package that is a zip bomb.
[[nodiscard]] Error overdrawnError();

/// The part that a relation of `source` names: relative to its folder, or absolute.
[[nodiscard]] QString resolvedPart(const QString &source, const QString &target);

// Bounds: a workbook that needs more is refused.
inline constexpr qint64 mostUnpackedBytes = 6LL << 30;
inline constexpr qint64 mostRatio = 100; ///< Of unpacked to packed bytes, beyond freeBytes.
inline constexpr qint64 freeBytes = 32LL << 20;

} // namespace hubkeeper
