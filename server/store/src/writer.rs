//! Group commit: what arrives while a transaction is being written goes into the next one.
//!
//! One task writes, in the order it was handed batches, as many as are there into one transaction, and only after the
//! commit gives their tokens back: whoever acknowledges upon a token acknowledges something durable. So the cost of a
//! disk sync is shared by all who wait for it, and the busier it gets the more share it.
//!
//! Nothing is tried twice. After a failure the state in memory of whoever pushed is ahead of the database, so the writer
//! stops; its owner reads the database again and starts a new one.

use crate::checkpoint::Checkpoints;
use crate::db::{Run, Tx, execute};
use crate::write::Write;
use crate::{Store, StoreError, conversation, guest, member, message, seating};
use domain::Message;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::Instant;

/// A transaction takes no more batches once it has so many writes.
const WRITES_MAX: usize = 1_000;

/// What the writer says after a transaction: the tokens of the batches in it, in the order they were pushed; or why it
/// failed, after which the writer says no more, and no batch without a token is stored.
pub type Committed<T> = Result<Vec<T>, StoreError>;

/// A handle to the writing task. When it is dropped, the task stores what is queued and ends.
#[derive(Debug)]
pub struct Writer<T> {
    queue: Sender<Queued<T>>,
}

#[derive(Debug)]
struct Queued<T> {
    batch: Vec<Write>,
    token: T,
}

/// A batch that was not taken, given back.
#[derive(Debug)]
pub struct Refused<T> {
    pub why: WhyRefused,
    pub batch: Vec<Write>,
    pub token: T,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyRefused {
    /// The queue is full: writing is slower than deciding.
    Full,
    /// The writer has failed.
    Stopped,
}

impl<T: Send + 'static> Writer<T> {
    /// Starts the task, with room for `queue` batches that wait. To be called within a Tokio runtime.
    ///
    /// Whoever pushes must also read the receiver: the task waits while `queue` answers are unread. The receiver ends
    /// after a failure, or when the writer was dropped and everything queued is stored.
    pub fn start(store: &Store, queue: usize) -> (Self, Receiver<Committed<T>>) {
        let (batches, queued) = mpsc::channel(queue.max(1));
        let (answers, committed) = mpsc::channel(queue.max(1));
        tokio::spawn(write_all(store.clone(), queued, answers));
        (Self { queue: batches }, committed)
    }

    /// Queues a batch, which is stored whole or not at all. Never waits.
    ///
    /// # Errors
    /// [`Refused`] gives batch and token back.
    pub fn try_push(&self, batch: Vec<Write>, token: T) -> Result<(), Refused<T>> {
        self.queue
            .try_send(Queued { batch, token })
            .map_err(|error| match error {
                TrySendError::Full(Queued { batch, token }) => Refused {
                    why: WhyRefused::Full,
                    batch,
                    token,
                },
                TrySendError::Closed(Queued { batch, token }) => Refused {
                    why: WhyRefused::Stopped,
                    batch,
                    token,
                },
            })
    }
}

async fn write_all<T>(store: Store, mut queued: Receiver<Queued<T>>, answers: Sender<Committed<T>>) {
    let checkpoints = Checkpoints::start(&store);
    // To give the connection back and take it again would be two turns to the thread that SQLite runs on, for each
    // transaction.
    let mut held = None;
    loop {
        let first = tokio::select! {
            biased;
            first = queued.recv() => first,
            () = store.connection_wanted(), if held.is_some() => {
                held = None;
                continue;
            }
        };
        let Some(first) = first else { return };
        let (writes, tokens) = take(first, &mut queued);
        let count = writes.len();
        let committed = commit(&store, &mut held, writes).await.map(|()| tokens);
        if store.is_connection_wanted() {
            held = None;
        }
        let failed = committed.is_err();
        if let Some(checkpoints) = checkpoints.as_ref().filter(|_| !failed && count > 0) {
            checkpoints.committed(count);
        }
        if let Err(error) = &committed {
            // From now on batches are refused; those that are queued are dropped with the receiver.
            queued.close();
            store.meters.failed();
            tracing::error!(%error, "the writer has stopped");
        }
        // If nobody listens any more, what is queued is stored all the same.
        let _ = answers.send(committed).await;
        if failed {
            return;
        }
    }
}

/// The first batch and those that wait behind it.
fn take<T>(first: Queued<T>, queued: &mut Receiver<Queued<T>>) -> (Vec<Write>, Vec<T>) {
    let mut writes = first.batch;
    let mut tokens = vec![first.token];
    while writes.len() < WRITES_MAX {
        let Ok(mut next) = queued.try_recv() else { break };
        writes.append(&mut next.batch);
        tokens.push(next.token);
    }
    (writes, tokens)
}

async fn commit(store: &Store, held: &mut Option<Tx>, writes: Vec<Write>) -> Result<(), StoreError> {
    if writes.is_empty() {
        return Ok(());
    }
    let (began, count) = (Instant::now(), writes.len());
    let closed: Vec<_> = writes.iter().filter_map(Write::closes).collect();
    let mut tx = match held.take() {
        Some(tx) => tx,
        None => store.hold().await?,
    };
    match write(&mut tx, writes).await {
        Ok(messages) => {
            store.guard.confirm()?;
            // A pool of PostgreSQL looks whether a connection still works before it hands it out.
            *held = matches!(tx.run(), Run::Sqlite(_)).then_some(tx);
            store.meters.committed(count, &messages, began.elapsed());
            store.meters.closed(&closed);
            follow(&messages);
            Ok(())
        }
        Err(error) => {
            tx.discard();
            Err(error)
        }
    }
}

/// One transaction; the messages in it. What is one statement is a transaction by itself, and saves the turns to the
/// database that `BEGIN` and `COMMIT` take.
async fn write(tx: &mut Tx, writes: Vec<Write>) -> Result<Vec<Message>, StoreError> {
    let is_alone = is_one_statement(&writes);
    if !is_alone {
        // On SQLite the lock is taken at once, as in `Store::begin`.
        let begin = match tx.run() {
            Run::Sqlite(_) => "BEGIN IMMEDIATE",
            Run::Postgres(_) => "BEGIN",
        };
        execute!(tx, begin)?;
    }
    // Messages go last and all together, so that however they are mixed with other writes they share statements. Within
    // one transaction nobody can tell; their conversations come before them either way, and nothing refers to a message.
    let mut messages = Vec::new();
    for write in writes {
        apply(tx, write, &mut messages).await?;
    }
    message::insert_messages(tx, &messages).await?;
    if !is_alone {
        execute!(tx, "COMMIT")?;
    }
    Ok(messages)
}

/// Whether this is one statement for the database.
fn is_one_statement(writes: &[Write]) -> bool {
    match writes {
        [Write::Marks { .. }] => true,
        messages => {
            message::is_one_insert(messages.len()) && messages.iter().all(|write| matches!(write, Write::Message(_)))
        }
    }
}

/// One step of each message's trace; the others are logged elsewhere, see `connection::message_trace`.
fn follow(messages: &[Message]) {
    if !tracing::enabled!(target: "message", tracing::Level::DEBUG) {
        return;
    }
    for message in messages {
        if let Some(id) = message.id {
            let (conversation, seq) = (message.conversation, message.seq.0);
            tracing::debug!(target: "message", %id, %conversation, seq, "committed");
        }
    }
}

/// One write; a message is only put aside.
async fn apply(tx: &mut Tx, write: Write, messages: &mut Vec<Message>) -> Result<(), StoreError> {
    match write {
        Write::NewGuest { guest, site, at } => guest::insert_guest(tx, guest, site, at).await,
        Write::NewConversation { site, placement, at } => {
            conversation::insert_conversation(tx, site, &placement, at).await
        }
        Write::Place {
            expected_epoch,
            placement,
            service_ms,
        } => conversation::place(tx, expected_epoch, &placement, service_ms).await,
        Write::Seating { placement, from, at } => seating::insert_seating(tx, &placement, from, at).await,
        Write::Message(message) => {
            messages.push(message);
            Ok(())
        }
        Write::Marks {
            conversation,
            side,
            read,
            delivered,
        } => conversation::grow_marks(tx, conversation, side, read, delivered).await,
        Write::Duty { member, duty, at } => member::set_duty(tx, member, duty, at).await,
        Write::Contact { guest, name, contact } => guest::set_contact(tx, guest, &name, &contact).await,
    }
}
