//! A way to reach the guest, as they wrote it: what can be done with it depends on what it looks like.

/// The address that a press on `contact` leads to; nothing for what is neither e-mail nor telephone.
pub(super) fn href(contact: &str) -> Option<String> {
    let contact = contact.trim();
    if is_mail(contact) {
        return Some(format!("mailto:{contact}"));
    }
    is_telephone(contact).then(|| {
        let digits: String = contact
            .chars()
            .filter(|char| char.is_ascii_digit() || *char == '+')
            .collect();
        format!("tel:{digits}")
    })
}

/// One `@` with something on both sides, and nothing that would mean more in a `mailto:` address.
fn is_mail(contact: &str) -> bool {
    let plain = |char: char| char.is_alphanumeric() || matches!(char, '.' | '_' | '-' | '+' | '@');
    let Some((name, host)) = contact.split_once('@') else {
        return false;
    };
    contact.chars().all(plain) && !name.is_empty() && host.contains('.') && !host.contains('@')
}

fn is_telephone(contact: &str) -> bool {
    let digits = contact.chars().filter(char::is_ascii_digit).count();
    let mut chars = contact.chars();
    let first = matches!(chars.next(), Some('+' | '(' | '0'..='9'));
    let rest = chars.all(|char| matches!(char, '0'..='9' | ' ' | '-' | '(' | ')' | '.' | '/'));
    first && rest && (5..=16).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::href;

    #[test]
    fn mail_and_telephone_lead_somewhere() {
        assert_eq!(href(" mei@shop.example ").as_deref(), Some("mailto:mei@shop.example"));
        assert_eq!(href("+86 (10) 8888-6666").as_deref(), Some("tel:+861088886666"));
        assert_eq!(href("13800138000").as_deref(), Some("tel:13800138000"));
    }

    #[test]
    fn everything_else_is_words() {
        for contact in [
            "",
            "WeChat: mei_lin",
            "@mei",
            "a@b",
            "a@b@c.example",
            "call me",
            "123",
            "mei@shop.example?cc=x@y.example",
            "1-2-3",
        ] {
            assert_eq!(href(contact), None, "{contact}");
        }
    }
}
