//! Checks of input, the same in the form that a person fills in and in the server that receives it.

use super::{ApiError, FieldProblem};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Collects what is wrong, field by field, so that a form can show everything at once.
#[derive(Debug, Default)]
pub struct Check {
    problems: BTreeMap<String, FieldProblem>,
}

impl Check {
    /// Notes a problem with `field`; the first one of a field stays.
    pub fn problem(&mut self, field: &str, problem: FieldProblem) -> &mut Self {
        self.problems.entry(field.to_owned()).or_insert(problem);
        self
    }

    /// `value` must have a number of characters within `chars`, and none of them a control character.
    pub fn text(&mut self, field: &str, value: &str, chars: RangeInclusive<usize>) -> &mut Self {
        let count = value.chars().count();
        if count == 0 && *chars.start() > 0 {
            self.problem(field, FieldProblem::Required);
        } else if count < *chars.start() {
            self.problem(field, FieldProblem::TooShort);
        } else if count > *chars.end() {
            self.problem(field, FieldProblem::TooLong);
        } else if value.chars().any(char::is_control) {
            self.problem(field, FieldProblem::Invalid);
        }
        self
    }

    /// `value` must lie within `range`.
    pub fn number(&mut self, field: &str, value: i32, range: RangeInclusive<i32>) -> &mut Self {
        if !range.contains(&value) {
            self.problem(field, FieldProblem::OutOfRange);
        }
        self
    }

    /// # Errors
    /// [`super::ErrorCode::InvalidInput`] with every problem noted.
    pub fn done(&mut self) -> Result<(), ApiError> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(ApiError::fields(std::mem::take(&mut self.problems)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_with_its_first_problem() {
        let mut check = Check::default();
        check
            .text("login", "", 2..=64)
            .text("name", "a\u{0}", 1..=64)
            .number("seats", 51, 0..=50);
        check.problem("login", FieldProblem::Taken);
        let fields = check.done().map_err(|error| error.fields);
        assert_eq!(
            fields,
            Err(BTreeMap::from([
                ("login".into(), FieldProblem::Required),
                ("name".into(), FieldProblem::Invalid),
                ("seats".into(), FieldProblem::OutOfRange),
            ]))
        );
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(Check::default().text("name", &"王".repeat(64), 1..=64).done(), Ok(()));
    }
}
