#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace cordon {

/// Why something failed, for programs. Few and stable; `Error::detail` is for people who read logs.
enum class ErrorCode {
    Invalid,      ///< the input is malformed or breaks a rule
    NotFound,     ///< the named thing does not exist
    Denied,       ///< a rule, permission or signature forbids it
    Io,           ///< reading or writing failed
    DiskFull,     ///< no room left; nothing acknowledged is lost
    Corrupt,      ///< stored bytes do not verify
    Incomplete,   ///< input ends early; what is whole was kept
    Unsupported,  ///< known, but not handled
    Conflict,     ///< somebody else holds or changed it
    Cancelled,    ///< asked to stop; what was asked for was not begun
    TimedOut,     ///< no answer came in time; nobody knows what became of it
    Untrusted,    ///< a key is unknown or revoked
    Internal,     ///< a mistake in Cordon
};

/// A failure: a code for the program and an English detail that names the thing and the place. No secrets.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string detail;
};

/// A value, or why there is none.
template<class T>
using Result = tl::expected<T, Error>;

/// Builds the failure arm of any Result: `return fail(ErrorCode::NotFound, "no playbook for account");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail)
{
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

/// Passes a failure on unchanged.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

/// Stable lower-case name, such as "not_found".
[[nodiscard]] std::string_view toString(ErrorCode code);

} // namespace cordon

#define CORDON_CONCAT_INNER(a, b) a##b
#define CORDON_CONCAT(a, b) CORDON_CONCAT_INNER(a, b)

/// `CORDON_TRY(auto rules, RuleSet::load(dir));` declares `rules`, or returns the failure from this function.
#define CORDON_TRY(declaration, expression)                                                                            \
    auto CORDON_CONCAT(tryResult_, __LINE__) = (expression);                                                           \
    if (!CORDON_CONCAT(tryResult_, __LINE__))                                                                          \
        return ::cordon::fail(std::move(CORDON_CONCAT(tryResult_, __LINE__)).error());                                 \
    declaration = std::move(*CORDON_CONCAT(tryResult_, __LINE__))

/// Returns the failure of a Result<void> from this function, or goes on. The name is its own, so that checks may nest in
/// lambdas.
#define CORDON_CHECK(expression) CORDON_CHECK_NAMED(CORDON_CONCAT(tryVoid_, __COUNTER__), expression)
#define CORDON_CHECK_NAMED(name, expression)                                                                           \
    do {                                                                                                               \
        auto name = (expression);                                                                                      \
        if (!name)                                                                                                     \
            return ::cordon::fail(std::move(name).error());                                                            \
    } while (false)
