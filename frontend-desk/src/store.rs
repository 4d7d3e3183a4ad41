//! Ties the state to the world: the socket brings events and takes frames, the browser keeps drafts and what is on its
//! way, the address says what is open.

use crate::address;
use crate::state::{DeskState, Effect as Deed, Input, Tell};
use app::api::conversation;
use app::i18n::{Language, td_string, words};
use app::ui::browser;
use app::ui::session::{Session, use_session};
use app::ui::socket::{Link, Owner, Socket};
use app::ui::toasts::{Toasts, use_toasts};
use domain::{ClientMessageId, ConversationId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use protocol::CloseCode;
use protocol::desk::{DeskEvent, DeskFrame};
use std::time::Duration;
use uuid::Uuid;

const OUTBOX: &str = "seatline.outbox";

/// Received and read are told in bundles, this often.
const MARKS_EVERY: Duration = Duration::from_millis(300);

/// The desk's handle, a context of everything on screen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Desk {
    state: RwSignal<DeskState>,
    socket: Socket<DeskFrame>,
    /// Where the view should go next.
    going: RwSignal<Option<ConversationId>>,
    toasts: Toasts,
    language: Language,
    session: Session,
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
        let outbox = browser::stored_in_tab(OUTBOX).and_then(|stored| serde_json::from_str(&stored).ok());
        let state = RwSignal::new(DeskState::new(outbox.unwrap_or_default(), browser::visible()));
        let (going, toasts, session) = (RwSignal::new(None), use_toasts(), use_session());
        let language = expect_context::<Language>();
        let with = move |socket| Self {
            state,
            socket,
            going,
            toasts,
            language,
            session,
        };
        let owner = Owner {
            hello: Box::new(move || state.with_untracked(DeskState::hello)),
            ping: DeskFrame::Ping,
            on_event: Box::new(move |socket, event| match event {
                DeskEvent::Pong => {}
                event => with(socket).apply(Input::Server(event)),
            }),
            on_doubt: Box::new(move |code| match code {
                Some(CloseCode::Unauthorized) => session.end(),
                _ => session.check(),
            }),
        };
        let desk = with(Socket::open("/ws/desk", owner));
        desk.keep_outbox();
        desk.watch_page();
        desk
    }

    fn keep_outbox(self) {
        let outbox = Memo::new(move |_| self.state.with(|state| state.outbox.clone()));
        Effect::new(move |_| {
            let kept = outbox.with(|outbox| match outbox.as_slice() {
                [] => String::new(),
                outbox => serde_json::to_string(outbox).unwrap_or_default(),
            });
            browser::store_in_tab(OUTBOX, &kept);
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
                Deed::Send(frame) => _ = self.socket.send(frame),
                Deed::Resync => self.socket.restart(),
                Deed::Open(conversation) => self.going.set(Some(conversation)),
                Deed::Tell(Tell::Rejected(code)) => self.toasts.problem(words::reject(self.language.now(), code)),
            }
        }
    }

    /// Sends a frame that nobody would miss tomorrow. Says so if it cannot.
    pub(crate) fn ask(self, frame: DeskFrame) {
        if !self.socket.send(frame) {
            self.toasts.problem(td_string!(self.language.now(), desk.not_connected));
        }
    }

    /// Sends a frame that nobody would miss at all.
    pub(crate) fn hint(self, frame: DeskFrame) {
        _ = self.socket.send(frame);
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

    /// Part of the state, told again when that part changes.
    pub(crate) fn part<T: PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&DeskState) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.state.with(&part))
    }

    pub(crate) fn link(self) -> Signal<Link> {
        self.socket.link()
    }

    pub(crate) fn online(self) -> Signal<bool> {
        let link = self.link();
        Signal::derive(move || link.get() == Link::Online)
    }

    pub(crate) fn reconnect(self) {
        self.socket.restart();
    }

    /// Fetches the messages before the first that is here; `done` is told when that is over, well or not.
    pub(crate) fn fetch_earlier(self, conversation: ConversationId, done: impl FnOnce() + 'static) {
        let before = self
            .state
            .with_untracked(|state| state.talk(conversation).and_then(crate::state::Talk::first_seq));
        spawn_local(async move {
            let answer = self.session.call(conversation::history(conversation, before)).await;
            match answer {
                Ok(page) => self.apply(Input::Earlier { conversation, page }),
                Err(error) => self.toasts.problem(words::error(self.language.now(), &error)),
            }
            done();
        });
    }
}

/// Keeps address and state in step, and the title with them.
#[component]
pub(crate) fn FollowAddress() -> impl IntoView {
    let (desk, path, navigate) = (use_desk(), use_location().pathname, use_navigate());
    let open = Memo::new(move |_| address::open(&path.get()));
    Effect::new(move |_| desk.apply(Input::Opened(open.get())));
    Effect::new(move |_| {
        if let Some(conversation) = desk.going.get() {
            let as_it_is = NavigateOptions {
                resolve: false,
                ..NavigateOptions::default()
            };
            navigate(&address::of(conversation), as_it_is);
            desk.going.set(None);
        }
    });
    let unread = desk.part(DeskState::unread);
    Effect::new(move |_| {
        let t = desk.language.get();
        let title = match unread.get() {
            0 => td_string!(t, desk.title).to_owned(),
            n => td_string!(t, desk.title_unread, n = n),
        };
        document().set_title(&title);
    });
}
