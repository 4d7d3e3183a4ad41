//! Who may call what. Each file of the API declares it beside its functions; here is the sum.

use domain::Rule;
use domain::member::Me;
use server_fn::ServerFn;
use server_fn::axum::{AxumServerFnBackend, register_explicit};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a function asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    Public,
    /// A session, whatever its rules: functions about oneself.
    SignedIn,
    /// This rule.
    Rule(Rule),
    /// One of these rules; the service narrows down what is seen with which.
    AnyRule(&'static [Rule]),
}

impl Access {
    /// Whether `me` holds what this asks for.
    pub fn allows(self, me: &Me) -> bool {
        match self {
            Self::Public | Self::SignedIn => true,
            Self::Rule(rule) => me.may(rule),
            Self::AnyRule(rules) => rules.iter().any(|rule| me.may(*rule)),
        }
    }
}

/// One server function: where it is and who may call it.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    pub path: &'static str,
    pub access: Access,
    register: fn(),
}

impl Endpoint {
    /// The entry of the server function whose arguments are `F`.
    pub(super) fn of<F>(access: Access) -> Self
    where
        F: ServerFn<Server = AxumServerFnBackend> + 'static,
    {
        Self {
            path: F::PATH,
            access,
            register: register_explicit::<F>,
        }
    }
}

/// Every function that can be called.
pub fn endpoints() -> impl Iterator<Item = Endpoint> {
    super::session::endpoints()
        .into_iter()
        .chain(super::member::endpoints())
        .chain(super::member_group::endpoints())
        .chain(super::auth_group::endpoints())
        .chain(super::conversation::endpoints())
        .chain(super::guest::endpoints())
        .chain(super::site::endpoints())
}

/// What the function at `path` asks of its caller; `None` if there is no such function.
///
/// The functions are registered on the way, by name: registration at link time alone loses whatever the linker finds
/// nobody refers to.
pub fn access_of(path: &str) -> Option<Access> {
    static TABLE: LazyLock<HashMap<&str, Access>> = LazyLock::new(|| {
        endpoints()
            .map(|endpoint| {
                (endpoint.register)();
                (endpoint.path, endpoint.access)
            })
            .collect()
    });
    TABLE.get(path).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use server_fn::axum::server_fn_paths;
    use std::collections::BTreeSet;

    #[test]
    fn every_server_function_says_who_may_call_it() {
        let declared: BTreeSet<_> = endpoints().map(|endpoint| endpoint.path).collect();
        let registered: BTreeSet<_> = server_fn_paths().map(|(path, _)| path).collect();
        assert_eq!(declared, registered);
        assert_eq!(declared.len(), endpoints().count(), "a path is declared twice");
    }

    #[test]
    fn paths_are_stable_names_without_a_hash() {
        for endpoint in endpoints() {
            let (resource, verb) = endpoint
                .path
                .strip_prefix("/api/v1/")
                .and_then(|rest| rest.split_once('/'))
                .unzip();
            let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            assert!(
                resource.is_some_and(is_word) && verb.is_some_and(is_word),
                "{}",
                endpoint.path
            );
        }
    }
}
