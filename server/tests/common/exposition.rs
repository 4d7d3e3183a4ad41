//! A strict reader of the `OpenMetrics` text format: what it accepts, Prometheus accepts.
//!
//! <https://prometheus.io/docs/specs/om/open_metrics_spec/>

use std::collections::BTreeMap;

/// The types of metrics we have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Counter,
    Gauge,
    Histogram,
    Info,
}

impl Kind {
    pub fn named(word: &str) -> Self {
        match word {
            "counter" => Self::Counter,
            "gauge" => Self::Gauge,
            "histogram" => Self::Histogram,
            "info" => Self::Info,
            other => panic!("no type of metrics: {other}"),
        }
    }

    fn suffixes(self) -> &'static [&'static str] {
        match self {
            Self::Counter => &["_total"],
            Self::Gauge => &[""],
            Self::Histogram => &["_bucket", "_sum", "_count"],
            Self::Info => &["_info"],
        }
    }
}

type Labels = Vec<(String, String)>;

/// What one scrape told.
#[derive(Debug, Default)]
pub struct Exposition {
    families: BTreeMap<String, Family>,
    samples: BTreeMap<String, Vec<(Labels, f64)>>,
}

#[derive(Debug, Default)]
struct Family {
    kind: Option<Kind>,
    help: String,
}

impl Exposition {
    pub fn parse(text: &str) -> Self {
        let body = text
            .strip_suffix("# EOF\n")
            .unwrap_or_else(|| panic!("it does not end with # EOF"));
        let mut read = Self::default();
        for line in body.lines() {
            match line.strip_prefix("# ") {
                Some(comment) => read.describe(comment),
                None => read.sample(line),
            }
        }
        for (name, family) in &read.families {
            assert!(family.kind.is_some(), "{name} has no type");
            assert!(family.help.len() > 10, "{name} is not described");
        }
        read.check_histograms();
        read
    }

    fn describe(&mut self, comment: &str) {
        let (what, rest) = comment.split_once(' ').unwrap();
        let (name, rest) = rest.split_once(' ').unwrap();
        assert!(is_name(name), "{name}");
        let family = self.families.entry(name.to_owned()).or_default();
        match what {
            "TYPE" => assert_eq!(family.kind.replace(Kind::named(rest)), None, "{name} has two types"),
            "HELP" => rest.clone_into(&mut family.help),
            "UNIT" => assert!(name.ends_with(&format!("_{rest}")), "{name} is not in {rest}"),
            other => panic!("no metadata: {other}"),
        }
    }

    fn sample(&mut self, line: &str) {
        let (series, value) = line.rsplit_once(' ').unwrap();
        let (name, labels) = match series.split_once('{') {
            Some((name, labels)) => (name, labels_of(labels.strip_suffix('}').unwrap())),
            None => (series, Vec::new()),
        };
        assert!(
            self.family_of(name).is_some(),
            "{name} belongs to nothing that was described"
        );
        let value = value.parse().unwrap();
        let samples = self.samples.entry(name.to_owned()).or_default();
        assert!(
            samples.iter().all(|(other, _)| *other != labels),
            "{series} is told twice"
        );
        samples.push((labels, value));
    }

    fn family_of(&self, sample: &str) -> Option<&Family> {
        self.families.iter().find_map(|(name, family)| {
            let suffix = sample.strip_prefix(name.as_str())?;
            family.kind?.suffixes().contains(&suffix).then_some(family)
        })
    }

    /// Buckets grow up to the count.
    fn check_histograms(&self) {
        for (name, family) in &self.families {
            if family.kind != Some(Kind::Histogram) {
                continue;
            }
            let buckets = &self.samples[&format!("{name}_bucket")];
            let counts: Vec<f64> = buckets.iter().map(|(_, count)| *count).collect();
            assert!(counts.is_sorted(), "{name}: {counts:?}");
            assert_eq!(
                buckets.last().unwrap().0.last().unwrap(),
                &("le".to_owned(), "+Inf".to_owned())
            );
            assert_eq!(
                counts.last(),
                Some(&self.value(&format!("{name}_count"), &[])),
                "{name}"
            );
        }
    }

    /// Names and types of all metrics.
    pub fn families(&self) -> impl Iterator<Item = (String, Kind)> {
        self.families
            .iter()
            .map(|(name, family)| (name.clone(), family.kind.unwrap()))
    }

    pub fn has_sample(&self, name: &str) -> bool {
        self.samples.contains_key(name)
    }

    /// The labels of all samples of that name.
    pub fn labels(&self, name: &str) -> Vec<Labels> {
        self.samples[name].iter().map(|(labels, _)| labels.clone()).collect()
    }

    pub fn value(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let samples = self.samples.get(name).unwrap_or_else(|| panic!("no {name}"));
        let same = |held: &Labels| {
            held.iter()
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .eq(labels.iter().copied())
        };
        let found = samples.iter().find(|(held, _)| same(held));
        found
            .unwrap_or_else(|| panic!("no {name} of {labels:?} in {samples:?}"))
            .1
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|char| char.is_ascii_lowercase() || char == '_' || char.is_ascii_digit())
}

/// `key="value",…`, in which a value may hold anything, escaped.
fn labels_of(text: &str) -> Labels {
    let mut labels = Labels::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"").unwrap();
        assert!(is_name(key), "{key}");
        let mut value = String::new();
        let mut chars = after.char_indices();
        let end = loop {
            match chars.next().unwrap() {
                (at, '"') => break at,
                (_, '\\') => match chars.next().unwrap().1 {
                    'n' => value.push('\n'),
                    escaped @ ('"' | '\\') => value.push(escaped),
                    other => panic!("no escape: {other}"),
                },
                (_, char) => value.push(char),
            }
        };
        labels.push((key.to_owned(), value));
        rest = after.get(end + 1..).unwrap().trim_start_matches(',');
    }
    labels
}
