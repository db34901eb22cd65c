// SPDX-License-Identifier: MIT
// Preloaded into a program: calls on files below a folder fail as ordered (failingdisk.h).
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <mutex>
#include <string>
#include <unistd.h>

namespace {

struct Fault
{
    std::string call; // Empty: none.
    std::string path; // What the file's path begins with.
    int error = 0;
    int skip = 0; // So many calls work first.
    int times = -1; // So many fail; -1: all.
};

Fault fromEnvironment()
{
    Fault wanted;
    const char *text = std::getenv("FAILING_DISK"); // "call error skip times path"
    char call[32] = {};
    int begin = 0;
    if (text
        && std::sscanf(text, "%31s %d %d %d %n", call, &wanted.error, &wanted.skip, &wanted.times,
                       &begin)
            == 4) {
        wanted.call = call;
        wanted.path = text + begin;
    }
    return wanted;
}

std::mutex guard;
Fault fault = fromEnvironment();

std::string pathOf(int descriptor)
{
    char path[PATH_MAX];
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
    return size > 0 ? std::string(path, size_t(size)) : std::string();
}

std::string absolute(const char *path)
{
    char folder[PATH_MAX];
    return path[0] == '/' || !::getcwd(folder, sizeof folder) ? path
                                                              : std::string(folder) + '/' + path;
}

/// The error this call has to end with; 0: none.
template <typename Path>
int errorFor(const char *call, Path &&path)
{
    const std::lock_guard lock(guard);
    if (fault.call != call || fault.times == 0 || path().rfind(fault.path, 0) != 0)
        return 0;
    if (fault.skip > 0) {
        --fault.skip;
        return 0;
    }
    if (fault.times > 0)
        --fault.times;
    return fault.error;
}

template <typename Function>
Function real(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

int failWith(int error)
{
    errno = error;
    return -1;
}

} // namespace

extern "C" {

[[gnu::visibility("default")]] void failingDiskSet(const char *call, const char *path, int error,
                                                   int skip, int times)
{
    const std::lock_guard lock(guard);
    fault = {call, path, error, skip, times};
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t)>("write");
    const int error = errorFor("write", [fd] { return pathOf(fd); });
    return error ? failWith(error) : next(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    const int error = errorFor("write", [fd] { return pathOf(fd); });
    return error ? failWith(error) : next(fd, bytes, size, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    return pwrite64(fd, bytes, size, offset);
}

int fsync(int fd)
{
    static const auto next = real<int (*)(int)>("fsync");
    const int error = errorFor("fsync", [fd] { return pathOf(fd); });
    return error ? failWith(error) : next(fd);
}

int fdatasync(int fd)
{
    static const auto next = real<int (*)(int)>("fdatasync");
    const int error = errorFor("fsync", [fd] { return pathOf(fd); });
    return error ? failWith(error) : next(fd);
}

int close(int fd)
{
    static const auto next = real<int (*)(int)>("close");
    const int error = errorFor("close", [fd] { return pathOf(fd); });
    const int closed = next(fd); // As NFS: it is closed, and what was written is lost.
    return error ? failWith(error) : closed;
}

int rename(const char *from, const char *to)
{
    static const auto next = real<int (*)(const char *, const char *)>("rename");
    const int error = errorFor("rename", [to] { return absolute(to); });
    return error ? failWith(error) : next(from, to);
}

} // extern "C"
