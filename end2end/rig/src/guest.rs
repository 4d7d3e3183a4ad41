//! A guest, as a page of a site would be one.

use crate::Violation;
use crate::client::{Client, Memory};
use crate::history::{Author, Followed, History};
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
            Some(conversation) if conversation.is_object() => self.welcome_to(conversation),
            _ if self.conversation.is_some() => {
                let violation = Violation::Lost(format!("conversation {:?}", self.conversation));
                self.record.violations.push(violation);
            }
            _ => {}
        }
    }

    fn welcome_to(&mut self, conversation: &Value) {
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
        self.record.followed.begin(id, had.min(last));
        self.at(conversation);
    }

    fn at(&mut self, conversation: &Value) {
        let Some(told) = Told::of(conversation) else {
            return self
                .record
                .violations
                .push(Violation::Other(format!("no place in {conversation}")));
        };
        self.record.followed.begin(told.conversation, 0);
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
        // A conversation with a gap, as acknowledgements alone leave one, is asked for from the beginning.
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

    fn record(&mut self) -> &mut Record {
        &mut self.record
    }
}
