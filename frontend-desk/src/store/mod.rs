//! Ties the state to the world: the socket brings events and takes frames, the browser keeps drafts and what is on its
//! way, the address says what is open.

mod follow;
mod link;

pub(crate) use follow::FollowAddress;

use crate::address::{self, Place};
use crate::alerts::{Alerts, Notice};
use crate::state::{Alert, DeskState, Effect as Deed, Input, Talk, Tell, read_outbox};
use app::api::ApiError;
use app::api::conversation::{self, HistoryPage};
use app::i18n::{Language, td_string, words};
use app::ui::clock::{Clock, use_clock};
use app::ui::kept::{Kept, use_kept};
use app::ui::names::isolated;
use app::ui::reactive::{effect, memo};
use app::ui::session::{use_me, use_session};
use app::ui::socket::{Owner, Socket};
use app::ui::toasts::{Toasts, use_toasts};
use app::ui::{browser, guest_name};
use domain::{ClientMessageId, ConversationId, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::CloseCode;
use protocol::desk::{DeskEvent, DeskFrame};
use std::time::Duration;
use uuid::Uuid;

const OUTBOX: &str = "outbox";

/// Received and read are told in bundles, this often.
const MARKS_EVERY: Duration = Duration::from_millis(300);

/// The desk's handle, a context of everything on screen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Desk {
    state: RwSignal<DeskState>,
    socket: Socket<DeskFrame>,
    /// What the address says.
    place: RwSignal<Place>,
    /// The address that is on its way; the router takes its time.
    going: RwSignal<Option<String>>,
    /// Since when there is no connection, if there was one.
    lost_at: RwSignal<Option<Timestamp>>,
    alerts: StoredValue<Alerts>,
    clock: Clock,
    toasts: Toasts,
    language: Language,
    kept: Kept,
}

pub(crate) fn use_desk() -> Desk {
    expect_context()
}

fn new_id() -> ClientMessageId {
    ClientMessageId(Uuid::new_v4())
}

impl Desk {
    /// Opens the desk's socket; it stays open as long as the view that asked.
    pub(crate) fn open() -> Self {
        let (me, kept) = (use_me().id, use_kept());
        let outbox = kept.get_in_tab(OUTBOX).map(|kept| read_outbox(&kept));
        let state = DeskState::new(outbox.unwrap_or_default(), browser::visible()).of(me);
        let state = RwSignal::new(state);
        let (place, going, lost_at) = (RwSignal::default(), RwSignal::new(None), RwSignal::new(None));
        let on_press = Callback::new(move |conversation| going.set(Some(address::of(conversation))));
        let alerts = StoredValue::new(Alerts::start(on_press));
        let (toasts, session, clock) = (use_toasts(), use_session(), use_clock());
        let language = expect_context::<Language>();
        let with = move |socket| Self {
            state,
            socket,
            place,
            going,
            lost_at,
            alerts,
            clock,
            toasts,
            language,
            kept,
        };
        let owner = Owner {
            hello: Box::new(move || state.with_untracked(DeskState::hello)),
            ping: DeskFrame::Ping,
            on_event: Box::new(move |socket, event| match event {
                DeskEvent::Pong { now } => now.into_iter().for_each(|now| clock.heard(now)),
                event => {
                    if let DeskEvent::Welcome { now: Some(now), .. } = event {
                        clock.heard(now);
                    }
                    with(socket).apply(Input::Server(event));
                }
            }),
            on_doubt: Box::new(move |code| match code {
                Some(CloseCode::Unauthorized) => session.end(),
                _ => session.check(),
            }),
        };
        let desk = with(Socket::open("/ws/desk", owner));
        desk.keep_outbox();
        desk.watch_page();
        desk.watch_link();
        desk
    }

    fn keep_outbox(self) {
        let outbox = memo(move || self.state.with(|state| state.outbox.clone()));
        effect(move || {
            let kept = outbox.with(|outbox| match outbox.as_slice() {
                [] => String::new(),
                outbox => serde_json::to_string(outbox).unwrap_or_default(),
            });
            self.kept.put_in_tab(OUTBOX, &kept);
        });
    }

    fn watch_page(self) {
        let seen = window_event_listener_untyped("visibilitychange", move |_| {
            self.apply(Input::Visible(browser::visible()));
        });
        let marks = set_interval_with_handle(
            move || {
                if self.socket.online() && self.state.with_untracked(DeskState::marks_are_due) {
                    self.apply(Input::MarksDue);
                }
            },
            MARKS_EVERY,
        );
        on_cleanup(move || {
            seen.remove();
            if let Ok(marks) = marks {
                marks.clear();
            }
        });
    }

    /// Takes in what happened and does what follows.
    pub(crate) fn apply(self, input: Input) {
        let deeds = self.state.try_update(|state| state.apply(input)).unwrap_or_default();
        for deed in deeds {
            match deed {
                // Without a connection it is not sent; what must arrive is sent again after the next welcome.
                Deed::Send(frame) => _ = self.send(frame),
                Deed::Resync => self.socket.restart(),
                Deed::Open(conversation) => self.go(&address::of(conversation)),
                Deed::Alert(alert) => self.ring(alert),
                Deed::Tell(tell) => self.tell(tell),
                Deed::AskWhoIsLoggedIn => self.socket.session().check(),
            }
        }
    }

    /// False if it was not sent.
    fn send(self, frame: DeskFrame) -> bool {
        !self.state.with_untracked(DeskState::is_foreign) && self.socket.send(frame)
    }

    fn tell(self, tell: Tell) {
        let t = self.language.now();
        match tell {
            Tell::Rejected(code) => self.toasts.problem(words::reject(t, code)),
            Tell::Taken { agent } => self
                .toasts
                .problem(td_string!(t, desk.taken_by, agent = isolated(&agent))),
            Tell::Closed(guest) => {
                let name = guest_name(t, guest.id, &guest.name);
                self.toasts.done(td_string!(t, desk.closed_done, name = name));
            }
        }
    }

    fn ring(self, alert: Alert) {
        self.state.with_untracked(|state| {
            self.alerts().ring(alert, state, || {
                Notice::about(self.language.now(), alert.news, state.talk(alert.conversation))
            });
        });
    }

    pub(crate) fn alerts(self) -> Alerts {
        self.alerts.get_value()
    }

    /// Sends a frame that nobody would miss tomorrow. Says so if it cannot.
    pub(crate) fn ask(self, frame: DeskFrame) {
        if !self.send(frame) {
            self.toasts.problem(td_string!(self.language.now(), desk.not_connected));
        }
    }

    /// Sends a frame that nobody would miss at all.
    pub(crate) fn hint(self, frame: DeskFrame) {
        _ = self.send(frame);
    }

    pub(crate) fn write(self, conversation: ConversationId, text: String) {
        self.apply(Input::Wrote {
            conversation,
            id: new_id(),
            text,
        });
    }

    pub(crate) fn retry(self, id: ClientMessageId) {
        self.apply(Input::Retried { id, fresh: new_id() });
    }

    /// Part of the state as it is now.
    pub(crate) fn now<T>(self, part: impl FnOnce(&DeskState) -> T) -> T {
        self.state.with_untracked(part)
    }

    /// Part of the state, told again when that part changes.
    pub(crate) fn part<T: PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&DeskState) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        // Boxed, since what is compiled for each closure is what makes a front end large.
        let part: Box<dyn Fn(&DeskState) -> T + Send + Sync> = Box::new(part);
        memo(move || self.state.with(|state| part(state)))
    }

    /// Asks for the messages before the first that is here.
    pub(crate) fn fetch_earlier(
        self,
        conversation: ConversationId,
        done: impl FnOnce(Result<HistoryPage, ApiError>) + 'static,
    ) {
        let before = self.now(|state| state.talk(conversation).and_then(Talk::first_seq));
        spawn_local(async move {
            done(
                self.socket
                    .session()
                    .call(conversation::history(conversation, before))
                    .await,
            );
        });
    }
}
