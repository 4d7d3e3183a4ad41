//! A measured figure beside what it must reach: a line of the table, and a line of JSON.

use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// What a figure must reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Must {
    AtLeast(f64),
    AtMost(f64),
}

/// One figure.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) must: Must,
    /// What it should reach.
    pub(crate) aim: f64,
    /// The name under which `make bench` measures it.
    pub(crate) by: &'static str,
    /// The server's processor time for each of what.
    pub(crate) cpu: Option<(Duration, &'static str)>,
    /// What else is to be known of how it came about.
    pub(crate) note: String,
}

impl Figure {
    pub(crate) fn is_met(&self) -> bool {
        match self.must {
            Must::AtLeast(bound) => self.value >= bound,
            Must::AtMost(bound) => self.value <= bound,
        }
    }

    pub(crate) fn json(&self) -> String {
        let (Must::AtLeast(must) | Must::AtMost(must)) = self.must;
        // By hand, to have the fields in the order in which people read them.
        let mut line = format!(
            r#"{{"figure":{},"value":{},"unit":{},"must":{must},"met":{},"command":"make bench ARGS={}","aim":{}"#,
            Value::from(self.name),
            rounded(self.value),
            Value::from(self.unit),
            self.is_met(),
            self.by,
            self.aim
        );
        if let Some((cpu, per)) = self.cpu {
            let (cpu, per) = (rounded(cpu.as_secs_f64() * 1e6), Value::from(per));
            line.extend([r#","cpu_us":"#, &cpu.to_string(), r#","cpu_per":"#, &per.to_string()]);
        }
        line + "}"
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, must) = match self.must {
            Must::AtLeast(bound) => ("≥", bound),
            Must::AtMost(bound) => ("≤", bound),
        };
        let met = if self.is_met() { "met" } else { "NOT MET" };
        let value = format!("{} {}", rounded(self.value), self.unit);
        write!(
            f,
            "{:<44} {value:>20}   must {sign} {must:<8} aim {:<8} {met:<8}",
            self.name, self.aim
        )?;
        if let Some((cpu, per)) = self.cpu {
            write!(f, " CPU {} µs a {per}", rounded(cpu.as_secs_f64() * 1e6))?;
        }
        if !self.note.is_empty() {
            write!(f, "\n    {}", self.note)?;
        }
        Ok(())
    }
}

/// Three digits that count, and no false precision after them.
pub(crate) fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10_f64.powf(2.0 - value.abs().log10().floor());
    if scale <= 1.0 {
        value.round()
    } else {
        (value * scale).round() / scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_met_from_its_side() {
        let figure = |must| Figure {
            name: "x",
            value: 5.0,
            unit: "ms",
            must,
            aim: 1.0,
            by: "x",
            cpu: None,
            note: String::new(),
        };
        assert!(figure(Must::AtMost(5.0)).is_met() && !figure(Must::AtMost(4.9)).is_met());
        assert!(figure(Must::AtLeast(5.0)).is_met() && !figure(Must::AtLeast(5.1)).is_met());
    }

    #[test]
    fn three_digits_count() {
        let texts = [0.123_456, 12_345.6, 7.016, 0.0].map(|value| rounded(value).to_string());
        assert_eq!(texts, ["0.123", "12346", "7.02", "0"]);
    }
}
