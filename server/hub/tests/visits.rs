//! Which pages of a guest are recorded.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod support;

use domain::{ConversationState, Duty, PageView};
use protocol::desk::DeskFrame;
use protocol::guest::{GuestEvent, GuestFrame, GuestPlace};
use room::VisitKind;
use support::{Guest, House};

async fn goes_to(guest: &mut Guest, page: &str) {
    let url = format!("https://shop.example/{page}");
    guest
        .send(&GuestFrame::Page(PageView {
            url,
            ..Default::default()
        }))
        .await;
}

/// Whatever was sent before has been acted upon.
async fn settled(guest: &mut Guest) {
    guest.send(&GuestFrame::Start).await;
    guest.conversation("an answer", |_| true).await;
}

/// What has been recorded since this was asked last.
fn recorded(house: &mut House) -> Vec<(VisitKind, String)> {
    std::iter::from_fn(|| house.visits.try_recv().ok())
        .map(|visit| (visit.kind, visit.page.url.replace("https://shop.example/", "")))
        .collect()
}

fn pages(kind: VisitKind, pages: &[&str]) -> Vec<(VisitKind, String)> {
    pages.iter().map(|page| (kind, (*page).to_owned())).collect()
}

#[tokio::test]
async fn a_guest_who_only_looks_leaves_no_trace_and_one_who_talks_does() {
    let mut house = House::open().await;
    let _desk = house.agent_on_duty("li", 1).await;
    let mut guest = house.guest().await;
    goes_to(&mut guest, "shoes").await;
    guest.start().await;
    assert_eq!(recorded(&mut house), pages(VisitKind::New, &["shoes"]));
    goes_to(&mut guest, "boots").await;
    goes_to(&mut guest, "checkout").await;
    settled(&mut guest).await;
    assert_eq!(recorded(&mut house), pages(VisitKind::Page, &["boots", "checkout"]));
}

#[tokio::test]
async fn nothing_is_recorded_once_a_conversation_is_over() {
    let mut house = House::open().await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut guest = house.guest().await;
    guest.start().await;
    let seat = desk.seated().await;
    desk.close(seat).await;
    let over = |place: &GuestPlace| place.state() == ConversationState::Closed;
    guest.conversation("the end", over).await;
    recorded(&mut house);

    goes_to(&mut guest, "diary").await;
    goes_to(&mut guest, "gifts").await;
    settled(&mut guest).await;
    // The next conversation begins where the guest is, and not where they have been.
    assert_eq!(recorded(&mut house), pages(VisitKind::Page, &["gifts"]));
}

#[tokio::test]
async fn of_a_missed_conversation_only_the_page_is_recorded_that_it_began_on() {
    let mut house = House::open().await;
    let mut guest = house.guest().await;
    let missed = guest.start().await;
    assert_eq!(missed.place.state(), ConversationState::Missed);
    assert_eq!(recorded(&mut house), pages(VisitKind::New, &["cart"]));
    goes_to(&mut guest, "diary").await;
    guest.say("Call me").await;
    guest.vanish();
    let mut back = house.guest().await;
    back.send(&GuestFrame::Ping).await;
    back.find("pong", |event| matches!(event, GuestEvent::Pong { .. }).then_some(()))
        .await;
    assert_eq!(recorded(&mut house), []);
}

#[tokio::test]
async fn from_the_claim_on_pages_are_recorded_again() {
    let mut house = House::open().await;
    let mut guest = house.guest().await;
    let missed = guest.start().await.id;
    goes_to(&mut guest, "help").await;
    guest.say("Still here").await;
    recorded(&mut house);
    let mut desk = house.agent_on_duty("li", 1).await;
    desk.duty(Duty::On).await;
    desk.send(&DeskFrame::Claim { conversation: missed }).await;
    guest.seated().await;
    assert_eq!(recorded(&mut house), pages(VisitKind::Page, &["help"]));
}
