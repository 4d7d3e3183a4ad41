//! The browser's own knowledge of languages and time zones. What a guest's browser claims may be anything, so every
//! question may be answered with `None`.

use app::i18n::Locale;
use app::ui::time_ago::js_date;
use domain::Timestamp;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// "Chinese (China)" for `zh-CN`, in the reader's language.
pub(crate) fn language_name(t: Locale, tag: &str) -> Option<String> {
    let names = instance("DisplayNames", t, &[("type", "language")])?;
    let name = method(&names, "of")?.call1(&names, &tag.into()).ok()?.as_string()?;
    (!name.is_empty()).then_some(name)
}

/// Whether two tags are of one language, whatever the country: `zh-CN` and `zh`.
pub(crate) fn same_language(one: &str, other: &str) -> bool {
    let language = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    language(one) == language(other)
}

/// "21:40": what the clock shows in that time zone.
pub(crate) fn time_in(t: Locale, zone: &str, at: Timestamp) -> Option<String> {
    let format = zoned(
        t,
        zone,
        &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")],
    )?;
    let format_it: Function = Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()?;
    format_it.call1(&format, &js_date(at)).ok()?.as_string()
}

/// "China Time": what a time zone is called in the reader's language.
pub(crate) fn zone_name(t: Locale, zone: &str) -> Option<String> {
    let format = zoned(t, zone, &[("timeZoneName", "longGeneric")])?;
    let parts: Array = method(&format, "formatToParts")?.call0(&format).ok()?.dyn_into().ok()?;
    parts.iter().find_map(|part| {
        let field = |name: &str| Reflect::get(&part, &name.into()).ok()?.as_string();
        (field("type")? == "timeZoneName").then(|| field("value"))?
    })
}

fn zoned(t: Locale, zone: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    if zone.is_empty() {
        return None;
    }
    instance("DateTimeFormat", t, &[options, &[("timeZone", zone)]].concat())
}

/// `new Intl.<class>(language, options)`.
fn instance(class: &str, t: Locale, options: &[(&str, &str)]) -> Option<JsValue> {
    use leptos_i18n::Locale as _;
    let tag = match t {
        Locale::en => "en-GB",
        Locale::zh => t.as_str(),
    };
    let wanted = Object::new();
    for (name, value) in options {
        Reflect::set(&wanted, &(*name).into(), &(*value).into()).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of2(&tag.into(), &wanted)).ok()
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::same_language;

    #[test]
    fn a_language_is_the_same_in_every_country() {
        assert!(same_language("zh-CN", "zh"));
        assert!(same_language("EN_us", "en-GB"));
        assert!(!same_language("en", "es"));
        assert!(!same_language("", "en"));
    }
}
