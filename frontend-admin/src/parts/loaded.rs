//! Lists that a page shows as far as one may see them.

use app::api::ApiError;
use app::ui::Loader;
use app::ui::session::may;
use domain::Rule;

/// The list; an empty one, which is no error, for who does not hold the rule.
pub(crate) fn loaded_if<T, F>(rule: Rule, list: impl Fn() -> F + Copy + Send + Sync + 'static) -> Loader<Vec<T>>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Vec<T>, ApiError>> + 'static,
{
    let asks = may(rule);
    Loader::new(move || async move { if asks { list().await } else { Ok(Vec::new()) } })
}
