#include "core/sandbox/sandbox.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <initializer_list>
#include <memory>
#include <vector>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cordon::sandbox {
namespace {

struct Release
{
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

tl::unexpected<Error> failed(const char* step, int number)
{
    return fail(ErrorCode::Internal, std::string("sandbox: ") + step + ": " + std::generic_category().message(number));
}

/// Calls that cannot change anything outside this process, or that a network client cannot do without.
const std::initializer_list<const char*> allowed{
    // memory, threads, time, ending
    "brk", "munmap", "mremap", "madvise", "futex", "futex_waitv", "set_robust_list", "get_robust_list", "rseq", "sched_yield",
    "sched_getaffinity", "membarrier", "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time",
    "exit", "exit_group", "restart_syscall", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "getrandom",
    "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "uname", "sysinfo", "arch_prctl", "set_tid_address",
    // what is open, and reading files
    "read", "readv", "pread64", "write", "writev", "close", "lseek", "fstat", "newfstatat", "stat", "lstat", "statx", "access",
    "faccessat", "faccessat2", "readlink", "readlinkat", "getdents64", "getcwd", "fcntl", "dup", "fadvise64",
    // waiting
    "poll", "ppoll", "select", "pselect6", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd2",
    "pipe2", "timerfd_create", "timerfd_settime",
    // sockets of a client
    "connect", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg", "shutdown", "getsockname", "getpeername",
    "getsockopt", "setsockopt", "socketpair"};

/// Calls that nothing here ever makes by mistake.
const std::initializer_list<const char*> deadly{"execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev",
                                                "kexec_load", "init_module", "finit_module", "bpf", "mount", "pivot_root", "setns", "unshare"};

/// A call that is let through only when one argument is as wanted.
struct Conditional
{
    int call;
    scmp_arg_cmp when;
};

scmp_arg_cmp equals(unsigned argument, scmp_datum_t value)
{
    return {argument, SCMP_CMP_EQ, value, 0};
}

scmp_arg_cmp hasBits(unsigned argument, scmp_datum_t mask, scmp_datum_t value)
{
    return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

std::vector<Conditional> conditionals()
{
    constexpr scmp_datum_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    constexpr scmp_datum_t both = PROT_EXEC | PROT_WRITE;
    return {
        // Files for reading only.
        {SCMP_SYS(openat), hasBits(2, writing, 0)},
        {SCMP_SYS(open), hasBits(1, writing, 0)},
        // Libraries that look up names are mapped, but nothing is both writable and executable.
        {SCMP_SYS(mmap), hasBits(2, PROT_WRITE, 0)},
        {SCMP_SYS(mmap), hasBits(2, both, PROT_WRITE)},
        {SCMP_SYS(mprotect), hasBits(2, PROT_WRITE, 0)},
        {SCMP_SYS(mprotect), hasBits(2, both, PROT_WRITE)},
        // Threads, no processes. clone3 hides its flags from a filter: glibc uses clone when it is not there.
        {SCMP_SYS(clone), hasBits(0, CLONE_THREAD, CLONE_THREAD)},
        {SCMP_SYS(socket), equals(0, AF_INET)},
        {SCMP_SYS(socket), equals(0, AF_INET6)},
        {SCMP_SYS(socket), equals(0, AF_UNIX)},
        // Its own death only (abort), and questions about itself.
        {SCMP_SYS(tgkill), equals(0, static_cast<scmp_datum_t>(::getpid()))},
        {SCMP_SYS(prlimit64), equals(2, 0)},
    };
}

int addPlain(scmp_filter_ctx filter, std::uint32_t action, const std::initializer_list<const char*>& names)
{
    for (const char* name : names) {
        const int number = seccomp_syscall_resolve_name(name);
        if (number == __NR_SCMP_ERROR)
            continue; // younger than this library: stays forbidden
        if (const int problem = seccomp_rule_add_array(filter, action, number, 0, nullptr); problem != 0)
            return problem;
    }
    return 0;
}

int addRules(scmp_filter_ctx filter)
{
    if (const int problem = addPlain(filter, SCMP_ACT_ALLOW, allowed); problem != 0)
        return problem;
    if (const int problem = addPlain(filter, SCMP_ACT_KILL_PROCESS, deadly); problem != 0)
        return problem;
    for (const Conditional& rule : conditionals()) {
        if (const int problem = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, rule.call, 1, &rule.when); problem != 0)
            return problem;
    }
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, nullptr);
}

Result<void> setLimit(__rlimit_resource_t what, rlim_t most)
{
    const rlimit limit{most, most};
    if (::setrlimit(what, &limit) != 0)
        return failed("setrlimit", errno);
    return {};
}

} // namespace

Result<void> confine(const Bounds& bounds)
{
    const pid_t parent = ::getppid();
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0)
        return failed("prctl", errno);
    if (::getppid() != parent)
        return fail(ErrorCode::Internal, "sandbox: the parent ended");
    CORDON_CHECK(setLimit(RLIMIT_CORE, 0));
    CORDON_CHECK(setLimit(RLIMIT_FSIZE, 0));
    CORDON_CHECK(setLimit(RLIMIT_AS, bounds.memory));
    CORDON_CHECK(setLimit(RLIMIT_NOFILE, bounds.openFiles));
    const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter)
        return failed("no filter", ENOMEM);
    if (const int problem = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_NNP, 1); problem != 0) // no new privileges
        return failed("no_new_privs", -problem);
    if (const int problem = addRules(filter.get()); problem != 0)
        return failed("rules", -problem);
    if (const int problem = seccomp_load(filter.get()); problem != 0) {
        if (problem == -EINVAL || problem == -ENOSYS || problem == -EOPNOTSUPP)
            return fail(ErrorCode::Unsupported, "sandbox: this kernel has no seccomp filters");
        return failed("load", -problem);
    }
    return {};
}

} // namespace cordon::sandbox
