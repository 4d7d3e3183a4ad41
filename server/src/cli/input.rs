//! What commands read and write: plain lines.

use app::api::session::{PASSWORD_CHARS_MIN, check_password};
use app::api::{ApiError, FieldProblem};
use domain::member::SEATS_MAX;
use std::io::{self, Read as _, Write as _};
use store::examine::Contents;

/// Longest password read, in bytes; what is longer is refused by [`check_password`].
const READ_BYTES_MAX: u64 = 4_096;

/// Writes lines to standard output.
pub(super) fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")
}

/// How much a database holds.
pub(super) fn contents(contents: Contents) -> String {
    let Contents {
        conversations,
        open_conversations,
        messages,
    } = contents;
    format!("conversations: {conversations} (open: {open_conversations}), messages: {messages}")
}

/// Where a member's password comes from.
#[derive(clap::Args, Debug)]
pub(super) struct PasswordSource {
    /// Read the password from standard input instead of making a random one
    #[arg(long)]
    password_stdin: bool,
}

/// A password, and whether the person still has to be told.
pub(super) struct ChosenPassword {
    pub(super) password: String,
    pub(super) is_random: bool,
}

impl PasswordSource {
    pub(super) fn choose(&self) -> anyhow::Result<ChosenPassword> {
        if !self.password_stdin {
            return Ok(ChosenPassword {
                password: crate::random::password(),
                is_random: true,
            });
        }
        let mut text = String::new();
        io::stdin().lock().take(READ_BYTES_MAX).read_to_string(&mut text)?;
        let password = text.lines().next().unwrap_or_default().to_owned();
        check_password("password", &password).map_err(sentence)?;
        Ok(ChosenPassword {
            password,
            is_random: false,
        })
    }
}

/// What is wrong with the input, as a person would say it.
pub(super) fn sentence(error: ApiError) -> anyhow::Error {
    let problems: Vec<String> = error
        .fields
        .iter()
        .map(|(field, problem)| said(field, *problem))
        .collect();
    if problems.is_empty() {
        error.into()
    } else {
        anyhow::anyhow!(problems.join(", "))
    }
}

fn said(field: &str, problem: FieldProblem) -> String {
    let what = match problem {
        FieldProblem::TooShort if field == "password" => {
            return format!("the password must have at least {PASSWORD_CHARS_MIN} characters");
        }
        FieldProblem::OutOfRange if field == "seats" => {
            return format!("the number of seats must be from 0 to {SEATS_MAX}");
        }
        FieldProblem::Required => "is missing",
        FieldProblem::TooShort => "is too short",
        FieldProblem::TooLong => "is too long",
        FieldProblem::Taken => "is taken",
        FieldProblem::Invalid => "is not of the form it must have",
        FieldProblem::OutOfRange => "is out of range",
        FieldProblem::Unknown => "does not exist",
        FieldProblem::Hidden => "has characters that cannot be seen",
        FieldProblem::Confusable => "looks like another one, or mixes alphabets",
        FieldProblem::Origin(problem) => return problem.to_string(),
    };
    format!("the {field} {what}")
}
