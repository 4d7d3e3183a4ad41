//! What is filled in.

use super::sample::Sample;
use crate::parts::{Choice, Choices};
use app::i18n::{locale, td_string};
use app::ui::{Field, Labelled, PasswordField};
use leptos::prelude::*;

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "Field",
            "One line of text with its label above and its note below: a hint, or what is wrong.",
            fields,
        ),
        Sample::new(
            "PasswordField",
            "Hidden unless its owner wants to see it; says when Caps Lock is on.",
            password,
        ),
        Sample::new("Labelled", "Label and note around any other control.", labelled),
        Sample::new("Choices", "Several out of many, as a list of check boxes.", choices),
    ]
}

fn fine() -> Signal<Option<String>> {
    Signal::stored(None)
}

fn wrong(problem: &str) -> Signal<Option<String>> {
    Signal::stored(Some(problem.to_owned()))
}

fn fields() -> AnyView {
    let t = locale();
    let value = |text: &str| RwSignal::new(text.to_owned());
    view! {
        <Field label=td_string!(t, admin.name) name="name" value=value("王女士") problem=fine() />
        <Field
            label=td_string!(t, admin.name)
            name="name"
            value=value("")
            problem=fine()
            hint="What guests and colleagues see"
        />
        <Field
            label=td_string!(t, admin.login)
            name="login"
            value=value("mei")
            problem=wrong(td_string!(t, field.taken))
            hint=td_string!(t, admin.login_hint)
        />
    }
    .into_any()
}

fn password() -> AnyView {
    let t = locale();
    view! {
        <PasswordField
            label=td_string!(t, login.password)
            name="password"
            value=RwSignal::new("correct horse".to_owned())
            problem=fine()
            autocomplete="off"
        />
        <PasswordField
            label=td_string!(t, login.password)
            name="password"
            value=RwSignal::new(String::new())
            problem=wrong(td_string!(t, field.required))
            autocomplete="off"
        />
    }
    .into_any()
}

fn labelled() -> AnyView {
    let t = locale();
    view! {
        <Labelled label=td_string!(t, admin.origins) hint=td_string!(t, admin.origins_hint).to_owned() let:ids>
            <textarea id=ids.control class="textarea" rows="3" aria-describedby=ids.note>
                "https://shop.example"
            </textarea>
        </Labelled>
    }
    .into_any()
}

fn choices() -> AnyView {
    let t = locale();
    let choice = |id: u32, name: &'static str, fixed: bool| Choice {
        id,
        name: name.to_owned(),
        hint: (id == 1).then(|| td_string!(t, duty.on_meaning).to_owned()),
        fixed,
    };
    view! {
        <Choices
            label=td_string!(t, admin.member_groups)
            hint="Several out of many, as a list of check boxes."
            choices=vec![choice(1, "Pre-sales", false), choice(2, "售后", false), choice(3, "物流", true)]
            chosen=RwSignal::new(vec![1, 3])
            problem=fine()
        />
    }
    .into_any()
}
