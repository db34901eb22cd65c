// SPDX-License-Identifier: MIT
#include "policy/policyplace.h"
#include "policy/policytext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <windows.h>
// After it.
#include <aclapi.h>
#include <array>
#include <sddl.h>
#include <shlobj.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

tl::unexpected<Error> notAdministrators(const QString &path, const QString &reason)
{
    //: %1 is a path, %2 a phrase.
    return fail(ErrorKind::Refused,
                PolicyText::tr("The policy file %1 does not count: %2.").arg(path, reason));
}

/// Administrators, SYSTEM, TrustedInstaller, and who made it where that is one of them.
bool isAdministrators(PSID sid)
{
    wchar_t *text = nullptr;
    if (!ConvertSidToStringSidW(sid, &text))
        return false;
    const QString name = QString::fromWCharArray(text);
    LocalFree(text);
    return name == "S-1-5-32-544"_L1 || name == "S-1-5-18"_L1 || name == "S-1-3-0"_L1
        || name == "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"_L1;
}

/// Whether the list lets anybody else write, delete, or give rights away.
bool othersMayWrite(PACL list)
{
    constexpr DWORD writing = FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA
        | FILE_WRITE_ATTRIBUTES | FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER
        | GENERIC_WRITE | GENERIC_ALL;
    if (!list)
        return true; // No list: everybody may.
    for (DWORD i = 0; i < list->AceCount; ++i) {
        void *entry = nullptr;
        if (!GetAce(list, i, &entry))
            return true;
        const auto *header = static_cast<ACE_HEADER *>(entry);
        if (header->AceType == ACCESS_DENIED_ACE_TYPE || (header->AceFlags & INHERIT_ONLY_ACE))
            continue;
        if (header->AceType != ACCESS_ALLOWED_ACE_TYPE)
            return true; // With conditions or the like: nobody here can say for whom.
        auto *allowed = static_cast<ACCESS_ALLOWED_ACE *>(entry);
        if ((allowed->Mask & writing) != 0 && !isAdministrators(&allowed->SidStart))
            return true;
    }
    return false;
}

QString faultOf(const QString &path)
{
    PSID owner = nullptr;
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    std::wstring name = QDir::toNativeSeparators(path).toStdWString();
    if (GetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT,
                              OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner,
                              nullptr, &list, nullptr, &descriptor)
        != ERROR_SUCCESS)
        return PolicyText::tr("%1 cannot be looked at").arg(path);
    QString fault;
    if (!isAdministrators(owner))
        fault = PolicyText::tr("%1 does not belong to the administrators").arg(path);
    else if (othersMayWrite(list))
        fault = PolicyText::tr("others than administrators can write to %1").arg(path);
    LocalFree(descriptor);
    return fault;
}

} // namespace

/// %ProgramData% itself lets every user make folders, so the one below it counts.
Result<std::optional<QByteArray>> readAdministratorsFile(const QString &path)
{
    const std::wstring name = QDir::toNativeSeparators(path).toStdWString();
    if (GetFileAttributesW(name.c_str()) == INVALID_FILE_ATTRIBUTES) {
        const DWORD error = GetLastError();
        if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND)
            return std::optional<QByteArray>();
        return fail(ErrorKind::Storage,
                    PolicyText::tr("The policy file %1 cannot be read: %2.")
                        .arg(path, qt_error_string(int(error))));
    }
    const QFileInfo there(path);
    if (there.isSymLink() || there.isJunction() || !there.isFile())
        return notAdministrators(path, PolicyText::tr("it is not a file"));
    for (const QString &one : {path, there.absolutePath()}) {
        if (const QString fault = faultOf(one); !fault.isEmpty())
            return notAdministrators(path, fault);
    }
    if (there.size() > largestPolicy)
        return notAdministrators(path, PolicyText::tr("it is larger than 1 MB"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(
            ErrorKind::Storage,
            PolicyText::tr("The policy file %1 cannot be read: %2.").arg(path, file.errorString()));
    return std::optional(file.readAll());
}

/// From the system, not from the environment.
QString administratorsPolicyPath()
{
    wchar_t *folder = nullptr;
    QString path = u"C:/ProgramData"_s;
    if (SUCCEEDED(SHGetKnownFolderPath(FOLDERID_ProgramData, 0, nullptr, &folder)))
        path = QDir::fromNativeSeparators(QString::fromWCharArray(folder));
    CoTaskMemFree(folder);
    return path + u"/Hubkeeper/policy.json"_s;
}

} // namespace hubkeeper
