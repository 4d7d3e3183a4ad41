//! A guest, as a page of a site would be one.

use crate::Violation;
use crate::client::{Client, Memory};
use crate::history::{Author, Entry, Followed, History};
use crate::record::Record;
use crate::server::Address;
use crate::value::{number, text, uuid};
use serde_json::{Value, json};
use uuid::Uuid;

/// A place that a guest was told: the state, with the name or reason that makes it that very one, and nothing that only
/// counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub conversation: Uuid,
    pub state: String,
    /// The agent's name, the reason, or by whom.
    pub with: String,
}

impl Told {
    /// That of a whole conversation, as in `welcome` and `conversation`.
    fn of(conversation: &Value) -> Option<Self> {
        let place = conversation.get("place")?;
        let with = ["agent", "reason", "by"]
            .iter()
            .map(|key| text(place, key))
            .find(|found| !found.is_empty());
        Some(Self {
            conversation: uuid(conversation, "id")?,
            state: text(place, "state").to_owned(),
            with: with.unwrap_or_default().to_owned(),
        })
    }
}

/// Messages that a page is sent of a conversation it has nothing of, and …
const HISTORY_PAGE: i64 = 50;

/// … how far behind it is sent everything.
const RESUME_MAX: i64 = 200;

pub type Guest = Client<Page>;

/// What a guest's page remembers.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub site: String,
    pub token: Option<String>,
    pub guest: Option<Uuid>,
    /// The latest conversation, open or closed.
    pub conversation: Option<Uuid>,
    /// The place in it, as told last.
    pub place: Value,
    pub on_duty: bool,
    /// Every place told so far; what is told again without a change stands once.
    pub told: Vec<Told>,
    pub record: Record,
    resumed: Option<(Uuid, i64)>,
    /// What is missing before what is here, from this `seq` on backwards …
    missing_before: Option<i64>,
    /// … and has been asked for.
    is_asked: bool,
}

impl Guest {
    /// Somebody new on a page of the site with this key.
    pub fn new(address: Address, site: &str) -> Self {
        let page = Page {
            site: site.to_owned(),
            ..Page::default()
        };
        Self::with(page, address)
    }

    /// Another tab of the same guest, which knows nothing but the token.
    #[must_use]
    pub fn tab(&self, address: Address) -> Self {
        let page = Page {
            site: self.memory.site.clone(),
            token: self.memory.token.clone(),
            guest: self.memory.guest,
            ..Page::default()
        };
        Self::with(page, address)
    }

    /// Asks for a conversation.
    pub async fn start(&mut self) {
        self.send(&json!({"type": "start"})).await;
    }

    /// Says something, with an id that was not used before.
    pub async fn say(&mut self, id: Uuid, said: &str) {
        let frame = json!({"type": "send", "id": id, "text": said});
        self.memory.record.sent.add(id, said, frame.clone());
        self.send(&frame).await;
    }
}

impl Page {
    /// `waiting`, `seated`, …; empty without a conversation.
    pub fn state(&self) -> &str {
        text(&self.place, "state")
    }

    /// What there is of the latest conversation.
    pub fn history(&self) -> Option<&History> {
        self.record.histories.get(&self.conversation?)
    }

    fn last_seq(&self) -> i64 {
        self.history().map_or(0, History::last)
    }

    fn welcome(&mut self, frame: &Value) {
        let guest = uuid(frame, "guest");
        if self.token.is_some() && self.guest != guest {
            let what = format!("was {:?} and is now {guest:?}", self.guest);
            self.record.violations.push(Violation::Other(what));
        }
        self.guest = guest;
        self.token = Some(text(frame, "token").to_owned());
        self.on_duty = frame.get("on_duty") == Some(&Value::Bool(true));
        match frame.get("conversation") {
            Some(conversation) if conversation.is_object() => self.welcome_to(conversation, number(frame, "after")),
            // One in which nothing was said is closed and counts as none once the guest has been gone for a while.
            _ if self.history().is_none_or(History::is_silent) => self.conversation = None,
            _ if self.conversation.is_some() => {
                let violation = Violation::Lost(format!("conversation {:?}", self.conversation));
                self.record.violations.push(violation);
            }
            _ => {}
        }
    }

    fn welcome_to(&mut self, conversation: &Value, after: i64) {
        let Some(id) = uuid(conversation, "id") else { return };
        let had = self
            .resumed
            .filter(|(resumed, _)| *resumed == id)
            .map_or(0, |(_, seq)| seq);
        let last = number(conversation, "last_seq");
        if last < had {
            let what = format!("{id} has {last} messages, but {had} were seen");
            self.record.violations.push(Violation::Lost(what));
        }
        let known = (1..=last).contains(&had);
        let most = if known { RESUME_MAX } else { HISTORY_PAGE };
        let had = if known { had } else { 0 };
        let from = if last - had <= most { had } else { last - HISTORY_PAGE };
        if after != from {
            let what = format!("{id} begins after {after} instead of {from} for who has {had} of {last}");
            self.record.violations.push(Violation::Other(what));
        }
        self.record.followed.begin(id, after);
        self.at(conversation);
        self.missing_before = self.gap_before(after.saturating_add(1));
    }

    /// Where the last of what is missing of the latest conversation ends, before `seq`.
    fn gap_before(&self, mut seq: i64) -> Option<i64> {
        let none = History::default();
        let mut before = self.history().unwrap_or(&none).0.range(..seq).rev();
        while seq > 1 {
            match before.next() {
                Some((there, _)) if there.saturating_add(1) == seq => seq = *there,
                _ => return Some(seq),
            }
        }
        None
    }

    /// Takes an `earlier` frame, which may come late, for a conversation of before.
    fn earlier(&mut self, frame: &Value) {
        let (conversation, before) = (uuid(frame, "conversation").unwrap_or_default(), number(frame, "before"));
        let messages = frame.get("messages").and_then(Value::as_array);
        let mut first = before;
        for message in messages.into_iter().flatten().rev() {
            let (seq, entry) = (number(message, "seq"), Entry::of_message(message));
            if seq.saturating_add(1) != first || uuid(message, "conversation") != Some(conversation) {
                let what = format!("before {first} of {conversation} comes {message}");
                self.record.violations.push(Violation::Disorder(what));
            }
            first = seq;
            let history = self.record.histories.entry(conversation).or_default();
            let kept = entry.map_or(Ok(()), |entry| history.take(seq, entry));
            self.record.violations.extend(kept.err());
        }
        let more = frame.get("more") == Some(&Value::Bool(true));
        if first == before && before > 1 || more != (first > 1) {
            let what = format!("before {before} of {conversation} comes {first}, and more: {more}");
            self.record.violations.push(Violation::Lost(what));
        }
        if self.conversation == Some(conversation) && self.missing_before == Some(before) {
            self.missing_before = self.gap_before(first);
            self.is_asked = false;
        }
    }

    fn at(&mut self, conversation: &Value) {
        let Some(told) = Told::of(conversation) else {
            return self
                .record
                .violations
                .push(Violation::Other(format!("no place in {conversation}")));
        };
        self.record.followed.begin(told.conversation, 0);
        if self.conversation != Some(told.conversation) {
            self.missing_before = None;
        }
        self.conversation = Some(told.conversation);
        self.place = conversation.get("place").cloned().unwrap_or_default();
        if self.told.last() != Some(&told) {
            self.told.push(told);
        }
    }
}

impl Memory for Page {
    fn path(&self) -> String {
        format!("/ws/guest?site={}", self.site)
    }

    fn hello(&mut self) -> Value {
        self.record.followed = Followed::default();
        (self.missing_before, self.is_asked) = (None, false);
        // A conversation with a gap, as acknowledgements alone leave one, is asked for anew.
        let whole = self.history().is_some_and(History::is_whole);
        self.resumed = self
            .conversation
            .filter(|_| whole)
            .map(|conversation| (conversation, self.last_seq()));
        let resume = self
            .resumed
            .map(|(conversation, last_seq)| json!({"conversation": conversation, "last_seq": last_seq}));
        let always = [
            ("type", json!("hello")),
            ("protocol", json!(1)),
            (
                "page",
                json!({"url": "http://shop.example/", "title": "Shop", "referrer": ""}),
            ),
        ];
        let token = self.token.as_ref().map(|token| ("token", json!(token)));
        let had = resume.map(|resume| ("resume", resume));
        let fields = always.into_iter().chain(token).chain(had);
        fields.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn take(&mut self, frame: &Value) {
        match text(frame, "type") {
            "welcome" => self.welcome(frame),
            "conversation" => self.at(frame),
            "message" => self.record.message(frame),
            "earlier" => self.earlier(frame),
            "ack" => self.record.acknowledged(frame, Author::Guest),
            "rejected" => self.record.rejected(frame),
            "duty" => self.on_duty = frame.get("on_duty") == Some(&Value::Bool(true)),
            "typing" | "read" | "delivered" | "pong" => {}
            _ => self
                .record
                .violations
                .push(Violation::Other(format!("unknown: {frame}"))),
        }
    }

    fn question(&self) -> Option<Value> {
        let (conversation, before) = (self.conversation?, self.missing_before?);
        (!self.is_asked).then(|| json!({"type": "earlier", "conversation": conversation, "before": before}))
    }

    fn asked(&mut self) {
        self.is_asked = true;
    }

    fn record(&mut self) -> &mut Record {
        &mut self.record
    }
}
