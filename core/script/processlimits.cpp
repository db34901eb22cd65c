// SPDX-License-Identifier: MIT
#include "script/processlimits.h"

#include "script/hostwire.h"

#include <QtGlobal>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <thread>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <sys/resource.h>

#include <unistd.h>
#endif

using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto betweenLooks = 5ms;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true; // Maps terabytes that it does not use.
#elif defined(__has_feature)
constexpr bool isSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool isSanitized = false;
#endif

struct MemoryUse
{
    qint64 mapped = 0; ///< Bytes; 0 where the platform does not say.
    qint64 resident = 0;
};

MemoryUse memoryUse()
{
    MemoryUse use;
#ifdef Q_OS_LINUX
    if (std::FILE *file = std::fopen("/proc/self/statm", "re")) {
        long long mapped = 0;
        long long resident = 0;
        if (std::fscanf(file, "%lld %lld", &mapped, &resident) == 2) {
            const qint64 page = sysconf(_SC_PAGESIZE);
            use = {mapped * page, resident * page};
        }
        std::fclose(file);
    }
#endif
    return use;
}

/// The wall that the operating system puts up.
void limitBySystem(qint64 memory)
{
#ifdef Q_OS_WIN
    const HANDLE job = CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_PROCESS_MEMORY;
    limits.ProcessMemoryLimit = SIZE_T(memory);
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
    AssignProcessToJobObject(job, GetCurrentProcess());
#else
    const rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none); // What a script has read is nobody else's business.
    const qint64 mapped = memoryUse().mapped;
    if (isSanitized || mapped == 0)
        return;
    // Libraries are mapped already; an engine maps more than it uses.
    const rlim_t bytes = rlim_t(mapped) + rlim_t(memory) * 2;
    const rlimit wall = {bytes, bytes};
    setrlimit(RLIMIT_AS, &wall);
#endif
}

bool isOrphan([[maybe_unused]] qint64 parent)
{
#ifdef Q_OS_WIN
    return false; // The end of its input says so.
#else
    return getppid() != parent;
#endif
}

qint64 parentProcess()
{
#ifdef Q_OS_WIN
    return 0;
#else
    return getppid();
#endif
}

void onMemoryRefused()
{
    endProcess(hostwire::OverMemory);
}

/// Qt throws where it gets no memory, and nothing between here and there catches it.
void onTerminate()
{
    if (const auto thrown = std::current_exception()) {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::bad_alloc &) {
            onMemoryRefused();
        } catch (...) {
        }
    }
    std::abort();
}

[[noreturn]] void watch(qint64 memory, std::chrono::steady_clock::time_point end, qint64 parent)
{
    for (;;) {
        if (memoryUse().resident > memory)
            endProcess(hostwire::OverMemory);
        if (std::chrono::steady_clock::now() > end)
            endProcess(hostwire::OverTime);
        if (isOrphan(parent))
            endProcess(hostwire::Orphaned);
        std::this_thread::sleep_for(betweenLooks);
    }
}

} // namespace

void limitProcess(qint64 memory, std::chrono::milliseconds time)
{
    std::set_new_handler(&onMemoryRefused);
    std::set_terminate(&onTerminate);
    std::thread(watch, memory, std::chrono::steady_clock::now() + time, parentProcess()).detach();
    limitBySystem(memory);
}

void endProcess(int exitCode)
{
    std::_Exit(exitCode);
}

} // namespace hubkeeper
